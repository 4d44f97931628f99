package beans;

import java.util.Calendar;
import java.util.Date;
import java.util.Locale;
import java.util.TimeZone;
import javax.annotation.Resource;
import javax.ejb.ScheduleExpression;
import javax.ejb.Stateless;
import javax.ejb.Timeout;
import javax.ejb.Timer;
import javax.ejb.TimerConfig;
import javax.ejb.TimerService;

/** What the application gives to the timer service: in names, {@code persistent} says that they are. */
@Stateless
public class Jobs {

    @Resource
    private TimerService timers;

    private static TimerConfig named(String name) {
        return new TimerConfig(name, name.startsWith("persistent"));
    }

    public void once(String name, long millis) {
        timers.createSingleActionTimer(millis, named(name));
    }

    public void every(String name, long millis) {
        timers.createIntervalTimer(millis, millis, named(name));
    }

    /** Every second. */
    public void calendar(String name) {
        timers.createCalendarTimer(
                new ScheduleExpression().hour("*").minute("*").second("*"), named(name));
    }

    /** At one second of all time. */
    public void onceByCalendar(String name, long millis) {
        Calendar at = Calendar.getInstance(TimeZone.getDefault(), Locale.ROOT);
        at.setTime(new Date(System.currentTimeMillis() + millis));
        timers.createCalendarTimer(
                new ScheduleExpression()
                        .year(at.get(Calendar.YEAR))
                        .month(at.get(Calendar.MONTH) + 1)
                        .dayOfMonth(at.get(Calendar.DAY_OF_MONTH))
                        .hour(at.get(Calendar.HOUR_OF_DAY))
                        .minute(at.get(Calendar.MINUTE))
                        .second(at.get(Calendar.SECOND)),
                named(name));
    }

    public void cancel(String name) {
        for (Timer timer : timers.getTimers()) {
            if (name.equals(timer.getInfo())) {
                timer.cancel();
            }
        }
    }

    @Timeout
    public void due(Timer timer) {
        Ran.run((String) timer.getInfo());
    }
}
