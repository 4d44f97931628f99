package io.maintenanceagent.response;

import io.maintenanceagent.api.RequestView;
import io.maintenanceagent.api.ResponseRenderer;
import io.maintenanceagent.report.ErrorReporter;
import java.time.Instant;
import java.util.List;

/**
 * Renders bodies by the renderers of extensions. A failure of one is reported, and the next is asked. Safe for any
 * thread.
 */
final class CustomBodies {

    private final List<ResponseRenderer> renderers;
    private final ErrorReporter errors;

    CustomBodies(List<ResponseRenderer> renderers, ErrorReporter errors) {
        this.renderers = renderers;
        this.errors = errors;
    }

    /** The first body that a renderer has, or {@code null}. */
    Body render(RequestView request, Representation form, MaintenanceNotice notice, int retryAfter) {
        ResponseRenderer.Refusal refusal = new RefusalView(form, notice, retryAfter);
        for (ResponseRenderer renderer : renderers) {
            String subject = "renderer " + renderer.getClass().getName();
            try {
                ResponseRenderer.Rendering rendering = renderer.render(request, refusal);
                if (rendering != null) {
                    return Body.of(rendering.contentType(), rendering.bytes());
                }
            } catch (Throwable e) {
                errors.report(subject, subject + " failed (" + e + "); the answer is made without it");
            }
        }
        return null;
    }

    private static final class RefusalView implements ResponseRenderer.Refusal {
        private final Representation form;
        private final MaintenanceNotice notice;
        private final int retryAfter;

        RefusalView(Representation form, MaintenanceNotice notice, int retryAfter) {
            this.form = form;
            this.notice = notice;
            this.retryAfter = retryAfter;
        }

        @Override
        public String mediaType() {
            return form.mediaType();
        }

        @Override
        public String message() {
            return notice.message();
        }

        @Override
        public Instant until() {
            return notice.until();
        }

        @Override
        public int retryAfter() {
            return retryAfter;
        }
    }
}
