package io.maintenanceagent.server.webflux;

import static java.lang.invoke.MethodType.methodType;

import io.maintenanceagent.server.ServerType;
import io.maintenanceagent.server.UncheckedCall;
import java.lang.invoke.MethodHandle;

/** How the status is put into a response of Spring's: as a number since 5.2.4, before that only if it has a name. */
final class ResponseStatus {

    private static final int SERVICE_UNAVAILABLE = 503;

    private final MethodHandle setStatus; // of a number, or of a name
    private final MethodHandle named; // null if it takes numbers

    private ResponseStatus(MethodHandle setStatus, MethodHandle named) {
        this.setStatus = setStatus;
        this.named = named;
    }

    static ResponseStatus of(ServerType response) {
        try {
            return new ResponseStatus(
                    response.method(
                            "setRawStatusCode", methodType(void.class, Object.class, Object.class), Integer.class),
                    null);
        } catch (IllegalStateException before524) {
            ServerType status = response.neighbour("org.springframework.http.HttpStatus");
            return new ResponseStatus(
                    response.method("setStatusCode", methodType(void.class, Object.class, Object.class), status.type()),
                    status.method("valueOf", methodType(Object.class, int.class), int.class));
        }
    }

    /** @param status {@code null} for none */
    void set(Object response, Integer status) {
        try {
            setStatus.invokeExact(response, named == null || status == null ? (Object) status : named(status));
        } catch (Throwable e) {
            throw UncheckedCall.rethrow(e);
        }
    }

    private Object named(int status) throws Throwable {
        try {
            return (Object) named.invokeExact(status);
        } catch (IllegalArgumentException nameless) {
            return (Object) named.invokeExact(SERVICE_UNAVAILABLE); // better than to let the request in
        }
    }
}
