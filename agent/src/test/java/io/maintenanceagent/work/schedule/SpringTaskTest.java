package io.maintenanceagent.work.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.lang.reflect.Method;
import org.junit.jupiter.api.Test;

class SpringTaskTest {

    /** As a scheduled method is run. */
    public static final class Scheduled implements Runnable {
        public Method getMethod() throws NoSuchMethodException {
            return Scheduled.class.getMethod("run");
        }

        @Override
        public void run() {}
    }

    @Test
    void scheduledMethod_isTheOneOfItsClass() {
        SpringTask task = SpringTask.of(new Scheduled());
        assertEquals(Scheduled.class.getName(), task.className());
        assertEquals(Scheduled.class.getName() + ".run", task.name());
        assertFalse(task.isOwn());
    }

    @Test
    void lambda_isOfTheClassThatItStandsIn() {
        Runnable lambda = () -> {};
        assertEquals(SpringTaskTest.class.getName(), SpringTask.of(lambda).className());
    }

    @Test
    void namedTask_isItsOwnClass() {
        Thread task = new Thread();
        assertEquals("java.lang.Thread", SpringTask.of(task).className());
    }
}
