package org.springframework.listener;

/** Stand-ins: how Spring's adapters keep what they call. */
@SuppressWarnings("unused")
public final class Adapters {

    private Adapters() {}

    /** What a container knows of a method of a bean's. */
    public static Object ofMethod(Class<?> bean) {
        return new Listener(null, new Handler(new Method(bean)));
    }

    /** What it knows of a listener in others. */
    public static Object of(Object listener) {
        return new Listener(new Listener(listener, null), null);
    }

    private record Listener(Object delegate, Object handlerMethod) {}

    private record Handler(Object invokerHandlerMethod) {}

    private record Method(Class<?> beanType) {}
}
