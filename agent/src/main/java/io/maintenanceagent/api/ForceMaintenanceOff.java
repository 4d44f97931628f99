package io.maintenanceagent.api;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a servlet class that answers during maintenance, too: its requests pass. For servlets that always have to
 * answer, such as a health check.
 *
 * <p>A rule that forces maintenance off, second in the order of precedence, behind those that force it on. The agent
 * reads it from the class file, by its name: it may be in the application's own copy of this class. A JVM without the
 * agent does not notice it.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface ForceMaintenanceOff {}
