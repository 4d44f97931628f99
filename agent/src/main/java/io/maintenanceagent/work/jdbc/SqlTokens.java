package io.maintenanceagent.work.jdbc;

/**
 * The words and signs of an SQL text, without comments and without what is quoted.
 *
 * <p>Databases read the same text in different ways. There are two readings: the standard one, which PostgreSQL has
 * (nested comments, backslashes only after {@code E}), and that of MySQL (backslashes in any string, {@code #} begins a
 * comment, {@code --} only before white space, {@code /*!} is no comment). A text that the other reading might split
 * otherwise is {@link #isAmbiguous ambiguous}.
 *
 * <p>One pass, no regular expression, nothing is copied. Whatever is not closed ends with the text. For one thread.
 */
final class SqlTokens {

    /** What {@link #next} returns at the end of the text. */
    static final char END = 0;

    /** What it returns for a word that is no quoted identifier; {@link #word} is which. */
    static final char WORD = 'w';

    /** What it returns for a string or a quoted identifier. */
    static final char QUOTED = 'q';

    /** What it returns for a number. */
    static final char NUMBER = 'n';

    private static final int BITS = 6;

    private final String sql;
    private final int length;
    private final boolean mysql;
    private int at;
    private long word;
    private boolean ambiguous;

    /**
     * @param sql a text
     * @param mysql whether it is read as MySQL does
     */
    SqlTokens(String sql, boolean mysql) {
        this.sql = sql;
        this.length = sql.length();
        this.mysql = mysql;
    }

    /**
     * Returns the code of a word: the same for upper and lower case, and another one for every other word of at most
     * ten characters. Of longer ones the last ten count.
     */
    static long code(String word) {
        long code = 0;
        for (int i = 0; i < word.length(); i++) {
            code = with(code, word.charAt(i));
        }
        return code;
    }

    private static long with(long code, char c) {
        int upper = c >= 'a' && c <= 'z' ? c - 32 : c;
        // What is not ASCII is in no word that is asked for: any sign does that is in none either.
        return code << BITS | (upper < 128 ? upper - 32 & 63 : 63);
    }

    /** Whether the other reading may find other words. */
    boolean isAmbiguous() {
        return ambiguous;
    }

    /** The code of the word that {@link #next} came to last. */
    long word() {
        return word;
    }

    /** Goes to the next token; returns what it is, or the sign itself. */
    char next() {
        while (at < length) {
            char c = sql.charAt(at++);
            if (c <= ' ' || c == '\u00a0' || c == '\ufeff') {
                continue;
            }
            switch (c) {
                case '\'':
                    return quoted(c, mysql);
                case '"':
                case '`':
                    return quoted(c, mysql && c == '"');
                case '$':
                    if (dollarQuoted()) {
                        return QUOTED;
                    }
                    return c;
                case '-':
                    if (!lineCommentBegins()) {
                        return c;
                    }
                    skipLine();
                    break;
                case '#':
                    ambiguous = true;
                    if (!mysql) {
                        return c;
                    }
                    skipLine();
                    break;
                case '/':
                    if (peek(0) != '*') {
                        return c;
                    }
                    at++;
                    blockComment();
                    break;
                case '*':
                    if (!mysql || peek(0) != '/') {
                        return c;
                    }
                    at++; // of a comment that is none
                    break;
                default:
                    if (isWordStart(c)) {
                        return wordFrom(c);
                    }
                    if (isDigit(c)) {
                        skipNumber();
                        return NUMBER;
                    }
                    return c;
            }
        }
        return END;
    }

    private char peek(int ahead) {
        return at + ahead < length ? sql.charAt(at + ahead) : END;
    }

    /** Everything to the end of the line is no text: MySQL's comments at the beginning of a statement. */
    void skipLine() {
        while (at < length) {
            char c = sql.charAt(at++);
            if (c == '\n' || c == '\r') {
                return;
            }
        }
    }

    private boolean lineCommentBegins() {
        if (peek(0) != '-') {
            return false;
        }
        if (peek(1) > ' ') {
            ambiguous = true;
            return !mysql;
        }
        return true;
    }

    private void blockComment() {
        if (peek(0) == '!' || peek(0) == 'M' && peek(1) == '!') {
            ambiguous = true;
            if (mysql) {
                at += peek(0) == '!' ? 1 : 2;
                while (isDigit(peek(0))) {
                    at++; // the version from which on it counts
                }
                return;
            }
        }
        int depth = 1;
        while (at < length) {
            char c = sql.charAt(at++);
            if (c == '*' && peek(0) == '/') {
                at++;
                if (--depth == 0) {
                    return;
                }
            } else if (c == '/' && peek(0) == '*') {
                ambiguous = true;
                if (!mysql) {
                    at++;
                    depth++;
                }
            }
        }
    }

    /** A doubled quote is the end of one string and the beginning of another, which is the same here. */
    private char quoted(char quote, boolean escapes) {
        while (at < length) {
            char c = sql.charAt(at++);
            if (c == quote) {
                break;
            }
            if (c == '\\' && quote != '`') {
                ambiguous = true;
                if (escapes) {
                    at++;
                }
            }
        }
        return QUOTED;
    }

    /** Skips {@code $tag$...$tag$}. */
    private boolean dollarQuoted() {
        int end = at;
        while (end < length && isWordPart(sql.charAt(end)) && sql.charAt(end) != '$') {
            end++;
        }
        if (end >= length || sql.charAt(end) != '$' || isDigit(sql.charAt(at))) {
            return false;
        }
        String tag = sql.substring(at - 1, end + 1);
        int close = sql.indexOf(tag, end + 1);
        at = close < 0 ? length : close + tag.length();
        return true;
    }

    private char wordFrom(char first) {
        long code = with(0, first);
        int begin = at;
        while (at < length && isWordPart(sql.charAt(at))) {
            code = with(code, sql.charAt(at++));
        }
        word = code;
        if (at == begin && (first == 'E' || first == 'e') && peek(0) == '\'') {
            at++;
            return quoted('\'', true);
        }
        return WORD;
    }

    private void skipNumber() {
        while (at < length && (isWordPart(sql.charAt(at)) || sql.charAt(at) == '.')) {
            at++;
        }
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isWordStart(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_' || c >= 128 && Character.isLetter(c);
    }

    private static boolean isWordPart(char c) {
        return isWordStart(c) || isDigit(c) || c == '$';
    }
}
