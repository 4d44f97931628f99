package io.maintenanceagent.servlet;

/** Lets a method handle's exception through as it is. */
public final class Unchecked {

    private Unchecked() {}

    /**
     * @param thrown anything
     * @return nothing, for the compiler's sake: it throws what it is given
     */
    public static RuntimeException rethrow(Throwable thrown) {
        return Unchecked.<RuntimeException>as(thrown);
    }

    @SuppressWarnings("unchecked")
    private static <T extends Throwable> T as(Throwable thrown) throws T {
        throw (T) thrown;
    }
}
