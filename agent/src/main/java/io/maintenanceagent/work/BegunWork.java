package io.maintenanceagent.work;

/** Is told the end of a woven method that was let run. Called once, by the thread of the method. */
public interface BegunWork {

    /**
     * The method is about to return.
     *
     * @param result what it returns, if that is an object; else {@code null}
     * @return what it is to return in its place, if that is an object
     */
    Object ended(Object result);

    /**
     * The method ends by an exception.
     *
     * @param thrown the exception
     */
    void failed(Throwable thrown);
}
