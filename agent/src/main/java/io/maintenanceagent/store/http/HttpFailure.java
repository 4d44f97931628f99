package io.maintenanceagent.store.http;

import java.io.IOException;

/** Why there is no response, or none that helps. The message is a clause behind a store's name. */
public final class HttpFailure extends IOException {

    private static final long serialVersionUID = 1L;

    private final int status;

    /**
     * @param status the status code of the response; 0 if there is none
     * @param message a clause behind the store's name, without secrets
     */
    public HttpFailure(int status, String message) {
        super(message);
        this.status = status;
    }

    /** Returns the status code of the response; 0 if there is none. */
    public int status() {
        return status;
    }
}
