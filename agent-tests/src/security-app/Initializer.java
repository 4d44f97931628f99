package shop;

import org.springframework.security.web.context.AbstractSecurityWebApplicationInitializer;

/** Puts Spring Security's filter before the application. */
public class Initializer extends AbstractSecurityWebApplicationInitializer {

    public Initializer() {
        super(Security.class);
    }
}
