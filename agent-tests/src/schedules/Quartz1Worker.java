import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Date;
import java.util.Properties;
import org.quartz.CronTrigger;
import org.quartz.Job;
import org.quartz.JobDetail;
import org.quartz.JobExecutionContext;
import org.quartz.Scheduler;
import org.quartz.SimpleTrigger;
import org.quartz.impl.StdSchedulerFactory;

/** {@code QuartzWorker} with the API of Quartz 1, and schedules in memory. */
public final class Quartz1Worker {

    private Quartz1Worker() {}

    /** Prints the time when it was due. */
    public static class Tick implements Job {
        @Override
        public void execute(JobExecutionContext context) {
            print("ran " + context.getJobDetail().getName() + " "
                    + context.getScheduledFireTime().getTime());
        }
    }

    /** Takes its time. */
    public static final class Work implements Job {
        @Override
        public void execute(JobExecutionContext context) {
            print("begins");
            try {
                Thread.sleep(context.getMergedJobDataMap().getLong("millis"));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            print("ends");
        }
    }

    private static synchronized void print(String line) {
        System.out.println(line);
    }

    public static void main(String[] arguments) throws Exception {
        Properties properties = new Properties();
        properties.setProperty("org.quartz.threadPool.class", "org.quartz.simpl.SimpleThreadPool");
        properties.setProperty("org.quartz.threadPool.threadCount", "2");
        Scheduler scheduler = new StdSchedulerFactory(properties).getScheduler();
        scheduler.scheduleJob(
                new JobDetail("simple", "DEFAULT", Tick.class),
                new SimpleTrigger("simple", "DEFAULT", new Date(), null, SimpleTrigger.REPEAT_INDEFINITELY, 200));
        scheduler.scheduleJob(
                new JobDetail("cron", "DEFAULT", Tick.class), new CronTrigger("cron", "DEFAULT", "* * * * * ?"));
        scheduler.start();
        print("started");
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            String[] words = line.split(" ");
            boolean works = words[0].equals("work");
            String name = works ? "work" : words[1];
            JobDetail job = new JobDetail(name, "DEFAULT", works ? Work.class : Tick.class);
            job.getJobDataMap().put("millis", Long.parseLong(words[words.length - 1]));
            long delay = works ? 0 : Long.parseLong(words[2]);
            scheduler.scheduleJob(
                    job, new SimpleTrigger(name, "DEFAULT", new Date(System.currentTimeMillis() + delay)));
            print("scheduled " + name);
        }
    }
}
