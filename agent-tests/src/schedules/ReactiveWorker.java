import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.scheduling.annotation.Scheduled;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Scheduled methods of Spring that return publishers. Takes commands from standard input: {@code work MILLIS} has the
 * next tick with a fixed delay take so long, {@code stream MILLIS} the next one with a fixed rate. Prints a line for
 * each subscription.
 */
public class ReactiveWorker {

    private static final AtomicLong WORK = new AtomicLong();
    private static final AtomicLong STREAM = new AtomicLong();

    /** What is scheduled. */
    @Configuration
    @EnableScheduling
    public static class Application {
        @Bean
        public Jobs jobs() {
            return new Jobs();
        }
    }

    /** Scheduled in each way that Spring has for publishers. */
    public static class Jobs {
        @Scheduled(fixedRate = 200)
        public Flux<Long> rate() {
            return publisher("rate", "streams", STREAM.getAndSet(0)).flux();
        }

        @Scheduled(fixedDelay = 200)
        public Mono<Long> delay() {
            return publisher("delay", "begins", WORK.getAndSet(0));
        }
    }

    private static Mono<Long> publisher(String name, String begin, long millis) {
        return millis == 0
                ? Mono.fromCallable(() -> {
                    print("ran " + name + " " + System.currentTimeMillis());
                    return 0L;
                })
                : Mono.delay(Duration.ofMillis(millis))
                        .doOnSubscribe(subscription -> print(begin))
                        .doOnNext(done -> print("ends " + name));
    }

    private static synchronized void print(String line) {
        System.out.println(line);
    }

    public static void main(String[] arguments) throws Exception {
        new AnnotationConfigApplicationContext(Application.class);
        print("started");
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            String[] words = line.split(" ");
            (words[0].equals("work") ? WORK : STREAM).set(Long.parseLong(words[1]));
        }
    }
}
