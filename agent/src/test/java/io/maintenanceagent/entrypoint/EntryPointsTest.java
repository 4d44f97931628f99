package io.maintenanceagent.entrypoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class EntryPointsTest {

    private static final String TASK = "java/util/concurrent/ScheduledThreadPoolExecutor$ScheduledFutureTask";
    private static final String SPRING = "org/springframework/scheduling/support/ScheduledMethodRunnable";
    private static final String CALL = "(Ljavax/servlet/ServletRequest;Ljavax/servlet/ServletResponse;)V";

    @Test
    void whatIsNotGuarded_isNotThere() {
        EntryPoints requests = EntryPoints.of(true, List.of());
        assertSame(EntryPoints.REQUESTS, requests);
        assertNotNull(requests.request("shop/Any", null, false, "service", CALL));
        assertNull(requests.work(SPRING, null, false, "run", "()V"));
        assertFalse(requests.isPlatform(TASK) || requests.isNamed(SPRING.replace('/', '.'), null));

        EntryPoints schedules = EntryPoints.of(false, List.of(WorkKind.SCHEDULES));
        assertNull(schedules.request("shop/Any", null, false, "service", CALL));
        assertEquals(WorkEntryPoint.SPRING_SCHEDULED, schedules.work(SPRING, null, false, "run", "()V"));
        assertTrue(schedules.isNamed(SPRING.replace('/', '.'), null));
        assertTrue(schedules.isInterface("org.quartz.spi.JobStore"));
        assertFalse(schedules.isInterface("javax.servlet.Servlet")
                || schedules.methods().contains("service"));
        assertTrue(EntryPoints.of(false, List.of()).isEmpty());
    }

    /** A class of the JDK's is woven by its exact name only, and is nothing to look for in other classes. */
    @Test
    void classOfTheJdk_isKnownByItsName() {
        EntryPoints schedules = EntryPoints.of(true, List.of(WorkKind.SCHEDULES));
        assertTrue(schedules.isPlatform(TASK) && schedules.isPlatform(TASK.replace('/', '.')));
        assertFalse(schedules.isPlatform("java/util/concurrent/FutureTask"));
        assertFalse(schedules.marks().contains(TASK));
        assertFalse(schedules.isPlatform(null));
    }
}
