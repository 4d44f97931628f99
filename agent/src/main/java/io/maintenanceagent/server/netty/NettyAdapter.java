package io.maintenanceagent.server.netty;

import io.maintenanceagent.entrypoint.EntryPoint;
import io.maintenanceagent.server.Exchange;
import io.maintenanceagent.server.LibraryLoader;
import io.maintenanceagent.server.ServerAdapter;
import java.util.List;

/** Netty's HTTP codecs. Where they read something, handlers of the agent's come in, which requests enter later. */
public final class NettyAdapter implements ServerAdapter {

    private static final String HANDLERS = "io.maintenanceagent.server.netty.handler.HandlerInstaller";

    private static final ClassValue<NettyPipelines> BESIDE = new ClassValue<NettyPipelines>() {
        @Override
        protected NettyPipelines computeValue(Class<?> type) {
            return (NettyPipelines) LibraryLoader.newInstance(type, HANDLERS);
        }
    };

    /** By the class of an object of Netty's, which may extend that with the entry point, and lie elsewhere. */
    private static final ClassValue<NettyPipelines> PIPELINES = new ClassValue<NettyPipelines>() {
        @Override
        protected NettyPipelines computeValue(Class<?> type) {
            Class<?> at = type;
            while (!at.getName().startsWith("io.netty.")) {
                at = at.getSuperclass();
            }
            return BESIDE.get(at);
        }
    };

    @Override
    public Exchange exchange(EntryPoint entryPoint, Object[] arguments) {
        if (entryPoint == EntryPoint.NETTY_REQUEST) {
            return (Exchange) arguments[0];
        }
        NettyPipelines pipelines = PIPELINES.get(arguments[0].getClass());
        if (entryPoint == EntryPoint.NETTY_DECODED) {
            pipelines.decoded(arguments[1], (List<?>) arguments[2]);
        } else {
            pipelines.frameRead(arguments[1]);
        }
        return null;
    }
}
