import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Date;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.TaskScheduler;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.scheduling.annotation.Scheduled;

/**
 * Scheduled methods of Spring, on a scheduler with one thread as it is by default; on one that takes a new thread for
 * each task if the argument is {@code simple}, a virtual one if it is {@code virtual}. Takes commands from standard
 * input: {@code once NAME MILLIS} for a task that runs once, {@code cancel} for the last of them, {@code work MILLIS}
 * for one that takes so long, or until {@code end} if that is 0, {@code done} to ask whether the last of them is.
 * Prints a line for each run.
 */
public class SpringWorker {

    private static final CountDownLatch END = new CountDownLatch(1);

    private static String kind = "pool";

    /** What is scheduled, and where. */
    @Configuration
    @EnableScheduling
    public static class Application {
        @Bean
        public TaskScheduler taskScheduler() throws ReflectiveOperationException {
            boolean isPool = kind.equals("pool"); // the other one is there since 6.1
            Class<?> type = Class.forName("org.springframework.scheduling.concurrent."
                    + (isPool ? "ThreadPoolTaskScheduler" : "SimpleAsyncTaskScheduler"));
            TaskScheduler scheduler = (TaskScheduler) type.getConstructor().newInstance();
            if (kind.equals("virtual")) {
                type.getMethod("setVirtualThreads", boolean.class).invoke(scheduler, true);
            }
            return scheduler;
        }

        @Bean
        public Jobs jobs() {
            return new Jobs();
        }

        @Bean
        public Heartbeat heartbeat() {
            return new Heartbeat();
        }
    }

    /** Scheduled in each way. */
    public static class Jobs {
        @Scheduled(fixedRate = 200)
        public void rate() {
            print("ran rate " + System.currentTimeMillis());
        }

        @Scheduled(fixedDelay = 200)
        public void delay() {
            print("ran delay " + System.currentTimeMillis());
        }

        @Scheduled(cron = "* * * * * *")
        public void cron() {
            print("ran cron " + System.currentTimeMillis());
        }
    }

    /** Is let go on by a policy. */
    public static class Heartbeat {
        @Scheduled(fixedRate = 150)
        public void beat() {
            print("ran heartbeat " + System.currentTimeMillis());
        }
    }

    private static synchronized void print(String line) {
        System.out.println(line);
    }

    public static void main(String[] arguments) throws Exception {
        kind = arguments.length > 0 ? arguments[0] : kind;
        AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext(Application.class);
        TaskScheduler scheduler = context.getBean(TaskScheduler.class);
        print("started");
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        ScheduledFuture<?> last = null;
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            String[] words = line.split(" ");
            switch (words[0]) {
                case "once":
                    last = scheduler.schedule(
                            () -> print("ran " + words[1] + " " + System.currentTimeMillis()),
                            at(Long.parseLong(words[2])));
                    print("scheduled " + words[1]);
                    break;
                case "cancel":
                    print("cancelled " + last.cancel(false));
                    break;
                case "end":
                    END.countDown();
                    break;
                case "done":
                    print("done " + last.isDone());
                    break;
                default:
                    scheduler.schedule(() -> work(Long.parseLong(words[1])), at(0));
                    break;
            }
        }
    }

    /** Later versions of Spring take an {@code Instant}. */
    private static Date at(long millis) {
        return new Date(System.currentTimeMillis() + millis);
    }

    private static void work(long millis) {
        print("begins");
        print("on " + Thread.currentThread());
        try {
            if (millis == 0) {
                END.await();
            }
            TimeUnit.MILLISECONDS.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        print("ends");
    }
}
