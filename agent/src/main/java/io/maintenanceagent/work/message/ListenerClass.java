package io.maintenanceagent.work.message;

import io.maintenanceagent.work.Fields;

/** Finds the application's class behind a listener of Spring's. Stateless. */
final class ListenerClass {

    private static final int DEPTH = 8;

    /** Where Spring's adapters keep what they call, innermost first. */
    private static final String[] HOLDERS = {
        "beanType", "handlerMethod", "handlerAdapter", "invokerHandlerMethod", "delegatingHandler", "delegate", "bean"
    };

    private ListenerClass() {}

    /**
     * Returns the name of the class that handles messages.
     *
     * @param listener a listener; {@code null} for none
     * @param otherwise what to return if there is none
     * @return the class of the application's object, as far as adapters of Spring's tell it; else of the outermost one
     *     that does not
     */
    static String of(Object listener, String otherwise) {
        Object at = listener;
        for (int i = 0; i < DEPTH && at != null && at.getClass().getName().startsWith("org.springframework."); i++) {
            Object inner = inner(at);
            if (inner == null) {
                break;
            }
            at = inner;
        }
        return at == null ? otherwise : name(at instanceof Class ? (Class<?>) at : at.getClass());
    }

    private static Object inner(Object adapter) {
        for (String holder : HOLDERS) {
            Object inner = Fields.get(adapter, holder);
            if (inner != null && inner != adapter && !(inner instanceof String)) {
                return inner;
            }
        }
        return null;
    }

    /** The class that people know: not the proxy's. */
    private static String name(Class<?> type) {
        boolean proxy = type.getName().contains("$$") && !type.isSynthetic() && type.getSuperclass() != Object.class;
        return (proxy ? type.getSuperclass() : type).getName();
    }
}
