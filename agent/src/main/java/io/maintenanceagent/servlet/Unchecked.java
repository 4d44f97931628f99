package io.maintenanceagent.servlet;

/** Lets a method handle's exception through as it is. */
final class Unchecked {

    private Unchecked() {}

    static RuntimeException rethrow(Throwable thrown) {
        return Unchecked.<RuntimeException>as(thrown);
    }

    @SuppressWarnings("unchecked")
    private static <T extends Throwable> T as(Throwable thrown) throws T {
        throw (T) thrown;
    }
}
