package io.maintenanceagent.hook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiPredicate;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MaintenanceHookTest {

    private static final BiPredicate<Object, Object> OPEN = (request, response) -> false;
    private static final AtomicReference<BiPredicate<Object, Object>> PLACE = new AtomicReference<>(OPEN);
    private static final List<Object> BEGUN = new CopyOnWriteArrayList<>();
    private static final List<String> OVER = new ArrayList<>();

    /** There is one hook in a JVM, and it is given away once. */
    private static final boolean CLAIMED = claim();

    private static boolean claim() {
        return MaintenanceHook.claim(
                (request, response) -> PLACE.get().test(request, response) ? MaintenanceHook.REFUSED : begun(request),
                (request, response) ->
                        request.equals("undecided") ? MaintenanceHook.UNDECIDED : begun("filter " + request),
                (place, arguments) -> PLACE.get().test(place, arguments)
                        ? MaintenanceHook.REFUSED
                        : place.equals("undecided")
                                ? MaintenanceHook.UNDECIDED
                                : begun(place + Arrays.toString((Object[]) arguments)),
                ticket ->
                        OVER.add((ticket < 0 ? "failing end of " : "end of ") + BEGUN.get((int) Math.abs(ticket) - 1)),
                (context, ticket) -> OVER.add(BEGUN.get((int) ticket - 1) + " goes on in " + context),
                request -> OVER.add(request + " is completed"),
                (publisher, ticket) -> publisher + " of " + BEGUN.get((int) (long) (Long) ticket - 1),
                frame -> frame.getMethodName().equals("service"));
    }

    private static long begun(Object what) {
        BEGUN.add(what);
        return BEGUN.size();
    }

    /**
     * Under the other name it would be a class that nobody finds; compiled code that meets it is thrown away each time.
     */
    @Test
    void hasNoMemberOfItsOwnType() {
        for (Field field : MaintenanceHook.class.getDeclaredFields()) {
            assertNotEquals(MaintenanceHook.class, field.getType(), field::toString);
        }
        for (Method method : MaintenanceHook.class.getDeclaredMethods()) {
            assertNotEquals(MaintenanceHook.class, method.getReturnType(), method::toString);
            assertFalse(List.of(method.getParameterTypes()).contains(MaintenanceHook.class), method::toString);
        }
    }

    @BeforeEach
    @AfterEach
    void open() {
        PLACE.set(OPEN);
        OVER.clear();
    }

    @Test
    void isGivenToTheFirstAgentOnly() {
        assertTrue(CLAIMED);
        assertFalse(claim());
    }

    @Test
    void aContainersEntryIsTheOutermostWhereItIsDecided() {
        assertFalse(MaintenanceHook.enterAt("place", "a", "b", null));
        assertFalse(MaintenanceHook.enter("nested", "response"));
        MaintenanceHook.exit();
        assertEquals(List.of(), OVER);
        MaintenanceHook.exit();
        assertEquals(List.of("end of place[a, b, null]"), OVER);
    }

    @Test
    void whatAContainersEntryLeavesUndecidedIsAskedAgain() {
        assertFalse(MaintenanceHook.enterAt("undecided", "a", "b", "c"));
        PLACE.set((request, response) -> request.equals("request"));
        assertTrue(MaintenanceHook.enter("request", "response"));
        PLACE.set(OPEN);
        assertFalse(MaintenanceHook.enter("request", "response"));
        MaintenanceHook.exit();
        assertEquals(List.of("end of request"), OVER);
        MaintenanceHook.exit();
        assertFalse(MaintenanceHook.enter("next", "response"));
        MaintenanceHook.exit();
        assertEquals(List.of("end of request", "end of next"), OVER);
    }

    @Test
    void whatAFilterLeavesUndecidedIsAskedAgain() {
        int begun = BEGUN.size();
        assertFalse(MaintenanceHook.enterFilter("undecided", "response"));
        assertFalse(MaintenanceHook.enterFilter("undecided", "response"));
        assertFalse(MaintenanceHook.enterFilter("wrapper", "response"));
        assertFalse(MaintenanceHook.enterFilter("nested", "response"));
        assertFalse(MaintenanceHook.enter("nested", "response"));
        assertEquals(List.of("filter wrapper"), BEGUN.subList(begun, BEGUN.size()));
        MaintenanceHook.exit();
        MaintenanceHook.exit();
        assertEquals(List.of(), OVER);
        MaintenanceHook.exit();
        assertEquals(List.of("end of filter wrapper"), OVER);
        MaintenanceHook.exit();
        MaintenanceHook.exit();
        assertEquals(1, OVER.size());
    }

    @Test
    void aPublisherIsExchangedForOneThatTellsItsEnd() {
        assertNull(MaintenanceHook.enterPublisher("reactive", "a", "b", null));
        assertNull(MaintenanceHook.enterPublisher("nested", "a", "b", null));
        assertEquals("inner of reactive[a, b, null, null]", MaintenanceHook.exitPublisher("inner"));
        assertEquals(List.of(), OVER);
        assertEquals("mono of reactive[a, b, null, null]", MaintenanceHook.exitPublisher("mono"));
        assertEquals(List.of("end of reactive[a, b, null, null]"), OVER);
        assertEquals("stray", MaintenanceHook.exitPublisher("stray"));
    }

    @Test
    void aRefusedRequestIsAnsweredByAPublisher_whichHasNoEntryToEnd() {
        PLACE.set((place, arguments) -> {
            ((Object[]) arguments)[3] = "answer";
            return true;
        });
        assertEquals("answer", MaintenanceHook.enterPublisher("reactive", "a", "b", null));
        PLACE.set((place, arguments) -> true);
        assertNull(MaintenanceHook.enterPublisher("reactive", "a", "b", null), "without an answer it is let in");
        assertEquals("own", MaintenanceHook.exitPublisher("own"));
        PLACE.set(OPEN);
        assertNull(MaintenanceHook.enterPublisher("undecided", "a", "b", null));
        assertEquals("own", MaintenanceHook.exitPublisher("own"));
        assertNull(MaintenanceHook.enterPublisher("reactive", "a", "b", null));
        assertNull(MaintenanceHook.exitPublisher(null));
        assertEquals(1, OVER.size());
    }

    @Test
    void whatTheContainerHasAnsweredIsAskedAtItsEnd() {
        assertTrue(MaintenanceHook.endAt(true, false, "place", "a", "b", "c"));
        assertEquals(List.of(), OVER);
        assertFalse(MaintenanceHook.endAt(false, true, "place", "a", "b", "c"));
        assertEquals(List.of("end of place[a, b, c]"), OVER);
        PLACE.set((place, arguments) -> true);
        assertTrue(MaintenanceHook.endAt(false, true, "place", "a", "b", "c"));
        assertFalse(MaintenanceHook.endAt(false, false, "place", "a", "b", "c"));
    }

    @Test
    void tellsTheEndOfTheOutermostEntry() {
        assertFalse(MaintenanceHook.enter("request", "response"));
        MaintenanceHook.async("a context");
        assertFalse(MaintenanceHook.enter("nested", "response"));
        MaintenanceHook.exit(new IllegalStateException());
        assertEquals(List.of("request goes on in a context"), OVER);
        MaintenanceHook.exit();
        MaintenanceHook.async("nobody's");
        assertEquals(List.of("request goes on in a context", "end of request"), OVER);
    }

    @Test
    void offersTheOverrideToTheApplication() {
        assertNull(MaintenanceHook.on("later"));
        assertFalse(MaintenanceHook.isOn());
        AutoCloseable handle = () -> {};
        MaintenanceHook.offer(message -> message.equals("later") ? handle : null, () -> true);
        assertSame(handle, MaintenanceHook.on("later"));
        assertTrue(MaintenanceHook.isOn());
    }

    /** As the agent calls them. */
    @Test
    void claimAndOffer_byReflection_areTheSame() {
        assertTrue(CLAIMED);
        assertEquals(false, MaintenanceHook.claim(new Object[8]));
        Function<String, AutoCloseable> override = message -> () -> {};
        BooleanSupplier state = () -> true;
        assertNull(MaintenanceHook.offer(new Object[] {override, state}));
        assertTrue(MaintenanceHook.isOn());
        MaintenanceHook.offer(null, () -> false);
    }

    @Test
    void asksTheGateAtTheOutermostEntryOnly() {
        AtomicInteger asked = new AtomicInteger();
        PLACE.set((request, response) -> asked.incrementAndGet() > 1);
        assertFalse(MaintenanceHook.enter("request", "response"));
        assertFalse(MaintenanceHook.enter("request", "response"));
        MaintenanceHook.exit();
        MaintenanceHook.exit();
        assertEquals(1, asked.get());
        assertTrue(MaintenanceHook.enter("request", "response"));
        assertTrue(MaintenanceHook.enter("request", "response"), "a refused entry leaves nothing behind");
    }

    @Test
    void letsNestedEntriesPassWhenTheSwitchFlipsMeanwhile() {
        assertFalse(MaintenanceHook.enter("request", "response"));
        PLACE.set((request, response) -> true);
        assertFalse(MaintenanceHook.enter("request", "response"));
        MaintenanceHook.exit();
        MaintenanceHook.exit();
        assertTrue(MaintenanceHook.enter("request", "response"));
    }

    @Test
    void letsPassWhatTheGateEntersItself() {
        PLACE.set((request, response) -> {
            assertFalse(MaintenanceHook.enter("wrapper", "response"));
            MaintenanceHook.exit();
            return true;
        });
        assertTrue(MaintenanceHook.enter("request", "response"));
    }

    @Test
    void failsOpen() {
        PLACE.set((request, response) -> {
            throw new StackOverflowError("as asked");
        });
        assertFalse(MaintenanceHook.enter("request", "response"));
        MaintenanceHook.exit();
        PLACE.set((request, response) -> true);
        assertTrue(MaintenanceHook.enter("request", "response"));
    }

    @Test
    void countsEachThreadForItself() throws InterruptedException {
        assertFalse(MaintenanceHook.enter("request", "response"));
        PLACE.set((request, response) -> true);
        boolean[] refused = new boolean[1];
        Thread other = new Thread(() -> refused[0] = MaintenanceHook.enter("request", "response"));
        other.start();
        other.join();
        assertTrue(refused[0]);
        MaintenanceHook.exit();
        MaintenanceHook.exit(); // one too many does no harm
        assertTrue(MaintenanceHook.enter("request", "response"));
    }

    /** Entries that a stack overflow has kept from ending must not let the thread through for ever. */
    @Test
    void recoversFromEntriesThatNobodyEnded() {
        Woven woven = new Woven();
        assertFalse(MaintenanceHook.enter("request", "response")); // lost
        woven.service(() -> MaintenanceHook.exit(new StackOverflowError()));
        PLACE.set((request, response) -> true);
        assertTrue(woven.service(() -> {}), "nothing woven is on the stack");
        assertEquals(List.of("end of request"), OVER);
    }

    @Test
    void doesNotTakeANestedEntryForTheOutermostAfterAStackOverflow() {
        Woven woven = new Woven();
        boolean[] nested = new boolean[1];
        woven.service(() -> {
            MaintenanceHook.exit(new StackOverflowError());
            assertFalse(MaintenanceHook.enter("lost", "response"));
            PLACE.set((request, response) -> true);
            nested[0] = woven.service(() -> {});
        });
        assertFalse(nested[0]);
    }

    private static final class Woven {
        boolean service(Runnable body) {
            if (MaintenanceHook.enter("request", "response")) {
                return true;
            }
            try {
                body.run();
            } finally {
                MaintenanceHook.exit();
            }
            return false;
        }
    }

    @Test
    void statement_isTold_andThrowsWhatItIsTold() {
        assertNull(MaintenanceHook.beginStatement("statement", "text"), "nobody is told");
        try {
            MaintenanceHook.offerStatements((statement, text) -> {
                if (text == null) {
                    throw new IllegalStateException("a fault of the agent's");
                }
                return text.equals("refused") ? new SQLException("no") : statement + " " + text;
            });
            assertEquals("statement true", MaintenanceHook.beginStatement("statement", true));
            assertNull(MaintenanceHook.beginStatement("statement", null));
            Exception thrown =
                    assertThrows(SQLException.class, () -> MaintenanceHook.beginStatement("statement", "refused"));
            assertEquals("no", thrown.getMessage());
        } finally {
            MaintenanceHook.offerStatements(null);
        }
    }
}
