package io.maintenanceagent.store.remote;

import java.io.IOException;

/** There is no secret where it should be. The message is a clause behind a store's name, and has nothing of it. */
public final class SecretException extends IOException {

    private static final long serialVersionUID = 1L;

    SecretException(String message) {
        super(message);
    }
}
