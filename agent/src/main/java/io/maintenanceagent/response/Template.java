package io.maintenanceagent.response;

/** A text with placeholders like <code>${message}</code>. Names that mean nothing stay as they are. */
final class Template {

    /** Values of placeholders. */
    interface Values {

        /**
         * Returns the escaped value of a placeholder; {@code null} if the name means nothing.
         *
         * @param name what is between the braces
         */
        String get(String name);
    }

    private Template() {}

    /** Replaces the placeholders in one pass; values are not searched for placeholders. */
    static String fill(String template, Values values) {
        StringBuilder filled = new StringBuilder(template.length() + 256);
        int done = 0;
        for (int at = template.indexOf("${"); at >= 0; at = template.indexOf("${", at + 2)) {
            int end = template.indexOf('}', at);
            String value = end < 0 ? null : values.get(template.substring(at + 2, end));
            if (value != null) {
                filled.append(template, done, at).append(value);
                done = end + 1;
            }
        }
        return filled.append(template, done, template.length()).toString();
    }

    /** Whether the template has one of these placeholders. */
    static boolean mentions(String template, String... names) {
        for (String name : names) {
            if (template.contains("${" + name + "}")) {
                return true;
            }
        }
        return false;
    }
}
