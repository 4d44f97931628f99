package hello;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Says hello, and where it listens. */
@SpringBootApplication(proxyBeanMethods = false)
@RestController
public class HelloBoot {

    public static void main(String[] arguments) {
        SpringApplication.run(HelloBoot.class, arguments);
    }

    @GetMapping("/hello")
    public String hello() {
        return "Hello, world\n";
    }

    @EventListener
    public void listens(ApplicationReadyEvent event) {
        System.out.println(
                "READY port=" + event.getApplicationContext().getEnvironment().getProperty("local.server.port"));
    }
}
