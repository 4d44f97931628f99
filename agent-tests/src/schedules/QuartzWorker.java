import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.text.ParseException;
import java.util.Date;
import java.util.Properties;
import org.quartz.CronScheduleBuilder;
import org.quartz.Job;
import org.quartz.JobBuilder;
import org.quartz.JobExecutionContext;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.SimpleScheduleBuilder;
import org.quartz.TriggerBuilder;
import org.quartz.impl.StdSchedulerFactory;
import org.quartz.utils.ConnectionProvider;

/**
 * A Quartz scheduler with a simple and a cron schedule. An argument is the URL of a database that the schedules are in;
 * clusters of several such JVMs share it. Takes commands from standard input: {@code once NAME MILLIS}, {@code work
 * MILLIS} for a job that takes so long, {@code stop}. Prints a line for each run of a job.
 */
public final class QuartzWorker {

    private QuartzWorker() {}

    /** Prints the time when it was due. */
    public static class Tick implements Job {
        @Override
        public void execute(JobExecutionContext context) {
            print("ran " + context.getJobDetail().getKey().getName() + " "
                    + context.getScheduledFireTime().getTime());
        }
    }

    /** The same, and is let go on by a policy. */
    public static final class Heartbeat extends Tick {}

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

    /** Hands out connections to the database. */
    public static final class Database implements ConnectionProvider {
        static String url;

        @Override
        public Connection getConnection() throws SQLException {
            return DriverManager.getConnection(url, "sa", "");
        }

        @Override
        public void shutdown() {}

        // of the interface since 2.1
        public void initialize() {}
    }

    private static synchronized void print(String line) {
        System.out.println(line);
    }

    public static void main(String[] arguments) throws Exception {
        Scheduler scheduler = new StdSchedulerFactory(properties(arguments)).getScheduler();
        try {
            schedule(scheduler);
        } catch (SchedulerException e) {
            print("joins: " + e.getMessage());
        }
        scheduler.start();
        print("started");
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null && !line.equals("stop"); line = in.readLine()) {
            String[] words = line.split(" ");
            boolean works = words[0].equals("work");
            String name = works ? "work" : words[1];
            scheduler.scheduleJob(
                    JobBuilder.newJob(works ? Work.class : Tick.class)
                            .withIdentity(name)
                            .usingJobData("millis", Long.parseLong(words[words.length - 1]))
                            .build(),
                    TriggerBuilder.newTrigger()
                            .startAt(new Date(System.currentTimeMillis() + (works ? 0 : Long.parseLong(words[2]))))
                            .build());
            print("scheduled " + name);
        }
        scheduler.shutdown(true);
        print("stopped");
    }

    private static Properties properties(String[] arguments) throws SQLException, IOException {
        Properties properties = new Properties();
        properties.setProperty("org.quartz.scheduler.instanceName", "shop");
        properties.setProperty("org.quartz.scheduler.instanceId", "AUTO");
        properties.setProperty("org.quartz.threadPool.class", "org.quartz.simpl.SimpleThreadPool");
        properties.setProperty("org.quartz.threadPool.threadCount", "2");
        if (arguments.length > 0) {
            Database.url = arguments[0];
            String store = "org.quartz.jobStore.";
            properties.setProperty(store + "class", "org.quartz.impl.jdbcjobstore.JobStoreTX");
            properties.setProperty(store + "driverDelegateClass", "org.quartz.impl.jdbcjobstore.StdJDBCDelegate");
            properties.setProperty(store + "dataSource", "shop");
            properties.setProperty(store + "isClustered", "true");
            properties.setProperty(store + "clusterCheckinInterval", "1000");
            properties.setProperty("org.quartz.dataSource.shop.connectionProvider.class", Database.class.getName());
            makeTables();
        }
        return properties;
    }

    private static void makeTables() throws SQLException, IOException {
        StringBuilder script = new StringBuilder();
        try (BufferedReader in = new BufferedReader(new InputStreamReader(
                Job.class.getResourceAsStream("/org/quartz/impl/jdbcjobstore/tables_h2.sql"),
                StandardCharsets.UTF_8))) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                script.append(line.startsWith("--") ? "" : line).append('\n');
            }
        }
        try (Connection connection = new Database().getConnection();
                Statement statement = connection.createStatement()) {
            for (String command : script.toString().split(";")) {
                if (!command.trim().isEmpty()) {
                    try {
                        statement.execute(command);
                    } catch (SQLException e) {
                        return; // another one has made them
                    }
                }
            }
        }
    }

    private static void schedule(Scheduler scheduler) throws SchedulerException, ParseException {
        scheduler.scheduleJob(
                JobBuilder.newJob(Tick.class).withIdentity("simple").build(),
                TriggerBuilder.newTrigger()
                        .withSchedule(SimpleScheduleBuilder.simpleSchedule()
                                .withIntervalInMilliseconds(200)
                                .repeatForever())
                        .build());
        scheduler.scheduleJob(
                JobBuilder.newJob(Tick.class).withIdentity("cron").build(),
                TriggerBuilder.newTrigger()
                        .withSchedule(CronScheduleBuilder.cronSchedule("* * * * * ?"))
                        .build());
        scheduler.scheduleJob(
                JobBuilder.newJob(Heartbeat.class).withIdentity("heartbeat").build(),
                TriggerBuilder.newTrigger()
                        .withSchedule(SimpleScheduleBuilder.simpleSchedule()
                                .withIntervalInMilliseconds(300)
                                .repeatForever())
                        .build());
    }
}
