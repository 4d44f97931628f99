/**
 * Requests that wait for the end of a short maintenance: their order, their number and the pace at which they go on.
 * Loaded when the first state with {@code hold} is enforced. It knows no server and no state.
 *
 * <p>Threads, in words. A request is held by its own thread, which parks, or by nobody: then it is a task that enters
 * it into its server again. The thread {@value io.maintenanceagent.hold.HoldQueue#THREAD} is there while requests are
 * held: it alone ends their wait, in their order, and runs nothing of an application. A held request that is not told
 * anything (that thread has died, say) goes on by itself when its time is up.
 */
package io.maintenanceagent.hold;
