/**
 * The policy: rules, exemptions, bypass and precedence; the decision about a request, its explanation, and the policy
 * lint. Pure: no files, no network, no servlet API. Agent and {@code explain} use the same classes, so they agree.
 */
package io.maintenanceagent.policy;
