package beans;

import javax.ejb.Schedule;
import javax.ejb.Schedules;
import javax.ejb.Singleton;
import javax.ejb.Startup;

/** What runs by annotations. */
@Singleton
@Startup
public class Ticks {

    @Schedule(hour = "*", minute = "*", second = "*", persistent = false)
    public void everySecond() {
        Ran.run("schedule");
    }

    @Schedules({
        @Schedule(hour = "*", minute = "*", second = "0/2", persistent = false),
        @Schedule(hour = "*", minute = "*", second = "1/2", persistent = false)
    })
    public void twice() {
        Ran.run("schedules");
    }
}
