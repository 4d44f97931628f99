import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.scheduling.annotation.Scheduled;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;

/**
 * Scheduled methods of Spring that return publishers. Takes commands from standard input: {@code work NAME} has the
 * next tick of a method last until {@code end NAME}. Prints a line for each subscription.
 */
public class ReactiveWorker {

    private static final Set<String> LASTING = ConcurrentHashMap.newKeySet();
    private static final Map<String, MonoSink<Long>> RUNNING = new ConcurrentHashMap<>();

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
            return publisher("rate").flux();
        }

        @Scheduled(fixedDelay = 200)
        public Mono<Long> delay() {
            return publisher("delay");
        }
    }

    /** Spring asks for it once, and subscribes to it again and again. */
    private static Mono<Long> publisher(String name) {
        return Mono.create(sink -> {
            if (LASTING.remove(name)) {
                RUNNING.put(name, sink);
                print("begins " + name);
            } else {
                print("ran " + name + " " + System.currentTimeMillis());
                sink.success(0L);
            }
        });
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
            if (words[0].equals("work")) {
                LASTING.add(words[1]);
            } else {
                print("ends " + words[1]);
                RUNNING.get(words[1]).success(0L);
            }
        }
    }
}
