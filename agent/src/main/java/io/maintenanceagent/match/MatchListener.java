package io.maintenanceagent.match;

/** Is told of matches of regular expressions that exceed their limit. */
public interface MatchListener {

    /** For those who need not know. */
    MatchListener NONE = new MatchListener() {
        @Override
        public void exceeded(PathPattern pattern) {
            // whoever asks has said what that means
        }
    };

    /**
     * A match has exceeded its limit of time or stack.
     *
     * @param pattern the expression
     */
    void exceeded(PathPattern pattern);
}
