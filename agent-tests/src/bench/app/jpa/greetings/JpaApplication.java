package greetings;

import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.Id;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.web.context.WebServerInitializedEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.config.EnableJpaRepositories;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Spring Boot with JPA on H2 in memory, and a schedule: says hello, and how many it has greeted. */
@SpringBootApplication
@EnableScheduling
@EnableJpaRepositories(considerNestedRepositories = true)
@RestController
public class JpaApplication {

    private final Greetings greetings;

    public JpaApplication(Greetings greetings) {
        this.greetings = greetings;
    }

    /** Who was greeted. */
    @Entity
    public static class Greeting {
        @Id
        @GeneratedValue
        public Long id;
    }

    /** All of them. */
    public interface Greetings extends JpaRepository<Greeting, Long> {}

    @GetMapping("/hello")
    public String hello() {
        greetings.save(new Greeting());
        return "hello " + greetings.count();
    }

    @Scheduled(fixedRate = 60_000)
    public void tick() {}

    @Bean
    public ApplicationListener<WebServerInitializedEvent> ready() {
        return event -> System.out.println("READY port=" + event.getWebServer().getPort());
    }

    public static void main(String[] arguments) {
        SpringApplication.run(
                JpaApplication.class,
                "--server.port=0",
                "--server.address=127.0.0.1",
                "--server.servlet.context-path=/app",
                "--spring.datasource.url=jdbc:h2:mem:greetings",
                "--spring.jpa.hibernate.ddl-auto=create",
                "--spring.main.banner-mode=off");
    }
}
