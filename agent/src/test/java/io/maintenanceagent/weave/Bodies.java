package io.maintenanceagent.weave;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.Servlet;
import jakarta.servlet.ServletConfig;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import java.io.IOException;

/** Methods to weave, each with a shape that a weaver can get wrong. */
public final class Bodies {

    private Bodies() {}

    public abstract static class Named implements Servlet {
        @Override
        public void init(ServletConfig config) {}

        @Override
        public ServletConfig getServletConfig() {
            return null;
        }

        @Override
        public String getServletInfo() {
            return "";
        }

        @Override
        public void destroy() {}
    }

    public static final class Empty extends Named {
        @Override
        public void service(ServletRequest request, ServletResponse response) {}
    }

    public static final class Throwing extends Named {
        @Override
        public void service(ServletRequest request, ServletResponse response) throws ServletException {
            RecordingHook.body("about to throw");
            throw new ServletException("as asked");
        }
    }

    public static final class ManyReturns extends Named {
        @Override
        public void service(ServletRequest request, ServletResponse response) {
            for (int i = 0; i < 10; i++) {
                switch (i) {
                    case 0:
                        RecordingHook.body("zero");
                        break;
                    case 1:
                        RecordingHook.body("one");
                        continue;
                    case 5:
                        if (String.valueOf(request).length() > 3) {
                            return;
                        }
                        break;
                    case 7:
                        return;
                    default:
                        RecordingHook.body("other " + i);
                }
            }
        }
    }

    public static final class LoopFromTheStart extends Named {
        @Override
        public void service(ServletRequest request, ServletResponse response) {
            do {
                RecordingHook.body("round");
                if (request == null) {
                    return;
                }
                request = null;
            } while (true);
        }
    }

    public static final class OwnHandlers extends Named {
        @Override
        public void service(ServletRequest request, ServletResponse response) throws IOException {
            long wide = 1L;
            double wider = 2.0;
            try {
                try {
                    RecordingHook.body("inner");
                    Object[] none = new Object[0];
                    RecordingHook.body("never " + none[1]);
                } catch (ArrayIndexOutOfBoundsException e) {
                    RecordingHook.body("caught");
                    throw new IOException("again", e);
                } finally {
                    RecordingHook.body("finally " + (wide + wider));
                }
            } finally {
                synchronized (this) {
                    RecordingHook.body("outer finally");
                }
            }
        }
    }

    public static final class Chain implements Filter {
        @Override
        public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
                throws IOException, ServletException {
            RecordingHook.body("before");
            chain.doFilter(request, response);
            RecordingHook.body("after");
        }
    }

    public static final class End implements FilterChain {
        @Override
        public void doFilter(ServletRequest request, ServletResponse response) {
            Runnable lambda = () -> RecordingHook.body("end of " + request);
            lambda.run();
        }
    }

    public static final class Synchronized extends Named {
        @Override
        public synchronized void service(ServletRequest request, ServletResponse response) {
            RecordingHook.body("locked " + Thread.holdsLock(this));
        }
    }

    public static final class StartsAsync extends jakarta.servlet.http.HttpServletRequestWrapper {
        StartsAsync() {
            super(Fakes.named(jakarta.servlet.http.HttpServletRequest.class, "request"));
        }

        @Override
        public jakarta.servlet.AsyncContext startAsync() {
            return null;
        }

        @Override
        public jakarta.servlet.AsyncContext startAsync(
                jakarta.servlet.ServletRequest request, jakarta.servlet.ServletResponse response) {
            RecordingHook.body("before");
            return Fakes.named(jakarta.servlet.AsyncContext.class, "context");
        }
    }

    public interface Defaulted extends Servlet {
        @Override
        default void service(ServletRequest request, ServletResponse response) {
            RecordingHook.body("default method");
        }
    }

    public abstract static class NotImplemented extends Named {
        @Override
        public abstract void service(ServletRequest request, ServletResponse response);
    }

    public static final class NotTargets {
        static void service(ServletRequest request, ServletResponse response) {
            RecordingHook.body("static");
        }

        void services(ServletRequest request, ServletResponse response) {
            RecordingHook.body("another name");
        }

        void service(ServletRequest request, Object response) {
            RecordingHook.body("another descriptor");
        }
    }
}
