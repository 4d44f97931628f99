package beans;

import javax.annotation.Resource;
import javax.ejb.Stateless;
import javax.ejb.TimedObject;
import javax.ejb.Timer;
import javax.ejb.TimerConfig;
import javax.ejb.TimerService;

/** The old way. */
@Stateless
public class Classic implements Timing, TimedObject {

    @Resource
    private TimerService timers;

    @Override
    public void once(String name, long millis) {
        timers.createSingleActionTimer(millis, new TimerConfig(name, false));
    }

    @Override
    public void ejbTimeout(Timer timer) {
        Ran.run((String) timer.getInfo());
    }
}
