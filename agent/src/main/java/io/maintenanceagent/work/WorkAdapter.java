package io.maintenanceagent.work;

import io.maintenanceagent.entrypoint.WorkEntryPoint;

/**
 * Decides at the entry points of one framework. Implementations have a public constructor that takes a
 * {@link WorkGuard}, and are safe for any thread.
 */
public interface WorkAdapter {

    /**
     * Decides what a woven method does. May wait; what it throws is reported, and the method runs.
     *
     * @param entryPoint where
     * @param arguments the arguments of the woven method that the entry point names
     * @return {@code null} to let it run; a {@link BegunWork} to be told its end as well; an array of length one to
     *     have the method return that value at once, boxed ({@code null} for a method that returns nothing); or an
     *     exception to have it throw that
     */
    Object begins(WorkEntryPoint entryPoint, Object[] arguments) throws Exception;
}
