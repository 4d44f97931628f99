package io.maintenanceagent.work.schedule;

import io.maintenanceagent.work.Fields;

/** A timer of GlassFish's or Payara's. */
final class GlassFishTimeout extends EjbTimeout implements Runnable {

    private final Object service;
    private final Object key;
    private final Object timer; // null if it is gone

    /**
     * @param service an {@code EJBTimerService}, which is about to run a timer
     * @param key of the timer
     */
    GlassFishTimeout(Object service, Object key) throws ReflectiveOperationException {
        this.service = service;
        this.key = key;
        this.timer = Fields.invoke(service, "getTimerState", key);
    }

    @Override
    String className() throws ReflectiveOperationException {
        Object container = timer == null ? null : Fields.invoke(timer, "getContainer");
        return container == null
                ? service.getClass().getName()
                : (String) Fields.invoke(Fields.invoke(container, "getEjbDescriptor"), "getEjbImplClassName");
    }

    /** One that has failed and is delivered again began before. */
    @Override
    boolean isRepeating() throws ReflectiveOperationException {
        return timer != null
                && (Boolean) Fields.invoke(timer, "isPeriodic")
                && (Integer) Fields.invoke(timer, "getNumFailedDeliveries") == 0
                && next() != null;
    }

    private Object next() throws ReflectiveOperationException {
        return Fields.invoke(service, "calcNextFixedRateExpiration", timer);
    }

    @Override
    boolean skip() throws ReflectiveOperationException {
        Object next = next();
        if (next != null) {
            Fields.invoke(service, "scheduleTask", key, next);
        }
        return next != null;
    }

    @Override
    boolean isWanted() throws ReflectiveOperationException {
        return timer != null && Fields.invoke(service, "getTimerState", key) == timer;
    }

    @Override
    void goesOn() throws ReflectiveOperationException {
        Fields.invoke(Fields.get(service, "ejbContainerUtil"), "addWork", this);
    }

    @Override
    public void run() {
        try {
            Fields.invoke(service, "deliverTimeout", key);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
