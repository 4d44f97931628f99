package io.maintenanceagent.server.netty.handler;

import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelPipeline;
import java.lang.reflect.Field;
import java.util.Map;

/**
 * Tells whether Reactor Netty serves Spring WebFlux on a connection, which knows more of its requests (the context
 * path), and has an entry point of its own. No method tells what a server was given to handle requests, but fields do,
 * of the same names in 1.0 to 1.3. In doubt it is WebFlux. Stateless.
 */
final class ReactorNetty {

    /** The class through which all requests of WebFlux come. */
    private static final String WEBFLUX = "org.springframework.web.server.adapter.HttpWebHandlerAdapter";

    private static final String CONNECTION = "reactor.netty.channel.ChannelOperationsHandler";
    private static final String STREAMS = "io.netty.handler.codec.http2.Http2MultiplexHandler";
    private static final String STREAM = "reactor.netty.http.server.";
    private static final String SERVER = "reactor.netty.http.server.HttpServer$HttpServerHandle";

    /** What 0.7 puts into its pipelines, which serves Spring 5.0. */
    private static final String SERVER_07 = "reactor.ipc.netty.http.server.";

    private ReactorNetty() {}

    /** The name of the class that decides there, where it is woven; {@code null} if it is none of WebFlux's. */
    static String decidedBy(ChannelPipeline pipeline) {
        for (Map.Entry<String, ChannelHandler> entry : pipeline) {
            Object handler = entry.getValue();
            String name = handler.getClass().getName();
            if (name.startsWith(SERVER_07)) {
                return WEBFLUX;
            }
            Object of = name.equals(CONNECTION) ? handler : null;
            if (name.equals(STREAMS)) {
                Object stream = field(handler, "inboundStreamHandler");
                of = stream != null && stream.getClass().getName().startsWith(STREAM) ? stream : null;
            }
            if (of != null) {
                return isOther(handlerOf(field(of, "listener"))) ? null : WEBFLUX;
            }
        }
        return null;
    }

    /** What a server was given, somewhere among those that observe its connections; {@code null} if not found. */
    private static Object handlerOf(Object observer) {
        if (observer == null) {
            return null;
        }
        if (observer.getClass().getName().equals(SERVER)) {
            return field(observer, "handler");
        }
        Object all = field(observer, "observers");
        for (Object one : all instanceof Object[] ? (Object[]) all : new Object[] {field(observer, "childObs")}) {
            Object found = handlerOf(one);
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    /** Whether it is certainly neither Spring's nor routes, one of which may lead there. */
    private static boolean isOther(Object handler) {
        return handler != null
                && !handler.getClass().getName().startsWith("org.springframework.")
                && !handler.getClass().getName().startsWith("reactor.netty.");
    }

    private static Object field(Object object, String name) {
        for (Class<?> at = object.getClass(); at != null; at = at.getSuperclass()) {
            try {
                Field field = at.getDeclaredField(name);
                field.setAccessible(true);
                return field.get(object);
            } catch (NoSuchFieldException inherited) {
                // the next class may have it
            } catch (IllegalAccessException | RuntimeException inaccessible) {
                return null;
            }
        }
        return null;
    }
}
