package io.maintenanceagent.response;

import com.fasterxml.jackson.core.io.JsonStringEncoder;

/** How a value is escaped for the place that it is written in. */
enum Escape {
    /** Inside the quotes of a JSON string. */
    JSON {
        @Override
        String apply(String text) {
            return new String(JsonStringEncoder.getInstance().quoteAsString(text));
        }
    },

    /**
     * Between tags and in a quoted attribute of HTML. All punctuation that means something in a script, too, so that a
     * value that an author has put into one by mistake ends neither its string nor its element.
     */
    HTML {
        @Override
        String apply(String text) {
            StringBuilder escaped = new StringBuilder(text.length() + 16);
            for (int i = 0; i < text.length(); i++) {
                char c = text.charAt(i);
                if (Character.isLetterOrDigit(c) || Character.isSurrogate(c) || HARMLESS.indexOf(c) >= 0) {
                    escaped.append(c);
                } else {
                    escaped.append("&#").append((int) c).append(';');
                }
            }
            return escaped.toString();
        }
    },

    /** In a plain text, which has no structure to break. */
    TEXT {
        @Override
        String apply(String text) {
            return text;
        }
    };

    private static final String HARMLESS = " .,:;!?-_/@%+\u2013\u2014\u2026\u3001\u3002\u300c\u300d\u060c";

    abstract String apply(String text);
}
