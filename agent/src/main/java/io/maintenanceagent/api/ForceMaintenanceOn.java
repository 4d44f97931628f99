package io.maintenanceagent.api;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a servlet class that is always in maintenance: the agent refuses its requests, even while the state is off and
 * if an exemption matches. For servlets that are retired, or not yet published.
 *
 * <p>A rule that forces maintenance on, first in the order of precedence. The agent reads it from the class file, by
 * its name: it may be in the application's own copy of this class. A JVM without the agent does not notice it.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface ForceMaintenanceOn {}
