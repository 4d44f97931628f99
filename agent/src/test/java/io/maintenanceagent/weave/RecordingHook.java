package io.maintenanceagent.weave;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Stands where the hook stands, and writes down what woven code and its bodies do. */
public final class RecordingHook {

    private static final List<String> EVENTS = new ArrayList<>();
    private static boolean refuse;
    private static List<Object> shown;
    private static Object instead;

    private RecordingHook() {}

    public static boolean enter(Object request, Object response) {
        EVENTS.add("enter " + request + " " + response);
        return refuse;
    }

    public static boolean enterFilter(Object request, Object response) {
        return enter(request, response);
    }

    public static boolean enterAt(String place, Object first, Object second, Object third) {
        EVENTS.add("enterAt " + place);
        shown = Arrays.asList(first, second, third);
        return refuse;
    }

    public static Object enterPublisher(String place, Object first, Object second, Object third) {
        enterAt(place, first, second, third);
        return refuse ? instead : null;
    }

    public static Object exitPublisher(Object returned) {
        EVENTS.add("exit");
        return instead;
    }

    public static boolean endAt(
            boolean result, boolean answered, String place, Object first, Object second, Object third) {
        EVENTS.add("endAt " + result + " " + answered + " " + place);
        shown = Arrays.asList(first, second, third);
        return refuse;
    }

    public static void exit() {
        EVENTS.add("exit");
    }

    public static void exit(Throwable thrown) {
        EVENTS.add("exit");
    }

    public static void async(Object context) {
        EVENTS.add("async " + context);
    }

    public static void completed(Object request) {
        EVENTS.add("completed " + request);
    }

    /** What a unit of work is told: what was set for it, or a text. */
    public static Object beginWork(int number, Object first, Object second, Object third) {
        EVENTS.add("beginWork " + number);
        shown = Arrays.asList(first, second, third);
        return refuse ? new Object[] {instead} : "told";
    }

    public static Object endWork(Object result, Object told) {
        EVENTS.add("endWork " + result + " " + told);
        return result;
    }

    public static void failWork(Throwable thrown, Object told) {
        EVENTS.add("failWork " + told);
    }

    /** Called by the bodies that are woven. */
    public static void body(String what) {
        EVENTS.add(what);
    }

    /** What a container's own method has shown last. */
    static List<Object> shown() {
        return shown;
    }

    /** What a woven method returns in place of its own publisher. */
    static void returning(Object publisher) {
        instead = publisher;
    }

    static List<String> record(boolean refusing, Runnable action) {
        EVENTS.clear();
        refuse = refusing;
        try {
            action.run();
        } catch (Throwable thrown) {
            EVENTS.add("thrown " + thrown);
        }
        return new ArrayList<>(EVENTS);
    }
}
