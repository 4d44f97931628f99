package hello;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;

/** Lets everybody say hello, and asks the others to log in. */
@Configuration
public class Open {

    @Bean
    public SecurityFilterChain chain(HttpSecurity http) throws Exception {
        return http.authorizeHttpRequests(requests -> requests.requestMatchers("/app/hello")
                        .permitAll()
                        .anyRequest()
                        .authenticated())
                .formLogin(form -> {})
                .build();
    }
}
