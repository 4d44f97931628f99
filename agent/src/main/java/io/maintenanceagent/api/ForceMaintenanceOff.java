package io.maintenanceagent.api;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A servlet class that answers in maintenance as well: its requests pass whatever the state says. For what has to
 * answer always, such as a health check of your own.
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
