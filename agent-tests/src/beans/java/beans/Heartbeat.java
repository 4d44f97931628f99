package beans;

import javax.ejb.Schedule;
import javax.ejb.Singleton;
import javax.ejb.Startup;

/** What a policy may let go on. */
@Singleton
@Startup
public class Heartbeat {

    @Schedule(hour = "*", minute = "*", second = "*", persistent = false)
    public void beat() {
        Ran.run("heartbeat");
    }
}
