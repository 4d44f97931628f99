package io.maintenanceagent.work.jdbc;

import static io.maintenanceagent.work.jdbc.SqlTokens.END;
import static io.maintenanceagent.work.jdbc.SqlTokens.NUMBER;
import static io.maintenanceagent.work.jdbc.SqlTokens.QUOTED;
import static io.maintenanceagent.work.jdbc.SqlTokens.WORD;
import static io.maintenanceagent.work.jdbc.SqlTokens.code;

import java.util.Arrays;

/**
 * Tells whether an SQL text writes, and whether it begins or ends a transaction, by its words alone.
 *
 * <ul>
 *   <li>A statement whose first word is not known to read writes: all of DML and DDL, {@code CALL}, {@code GRANT},
 *       {@code VACUUM}, a block of PL/SQL, and whatever a database has of its own.
 *   <li>A statement that begins like a reading one writes where {@code INSERT}, {@code UPDATE}, {@code DELETE} or
 *       {@code MERGE} stands where a statement begins (behind {@code WITH}, in {@code FINAL TABLE (...)}), where it
 *       selects {@code INTO} a table, or advances a sequence.
 *   <li>{@code EXPLAIN} writes if it analyzes what writes, {@code COPY} unless it copies from the database.
 *   <li>What a function does that a {@code SELECT} calls is not known, and does not count. Nor does a lock.
 * </ul>
 *
 * <p>A text that databases read differently is read both ways, and writes if it does in either. Takes a time in
 * proportion to the length of the text. Pure; safe for any thread.
 */
final class SqlEffect {

    /** It writes. */
    static final int WRITES = 1;

    /** It begins a transaction that lasts beyond it. */
    static final int BEGINS = 2;

    /** It ends the transaction before it, in either way. */
    static final int ENDS = 4;

    /** It ends it by a commit. */
    static final int COMMITS = 8;

    /** It is a query and no more, by its first word. */
    static final int QUERIES = 16;

    private static final int OF_TRANSACTION = BEGINS | ENDS | COMMITS;

    private static final long INSERT = code("INSERT");
    private static final long UPDATE = code("UPDATE");
    private static final long DELETE = code("DELETE");
    private static final long MERGE = code("MERGE");
    private static final long INTO = code("INTO");
    private static final long FROM = code("FROM");
    private static final long TO = code("TO");
    private static final long SET = code("SET");
    private static final long DECLARE = code("DECLARE");
    private static final long NEXT = code("NEXT");
    private static final long VALUE = code("VALUE");
    private static final long TRANSACTION = code("TRANSACTION");
    private static final long PREPARED = code("PREPARED");
    private static final long PREPARE = code("PREPARE");
    private static final long COMMIT = code("COMMIT");
    private static final long ROLLBACK = code("ROLLBACK");
    private static final long BEGIN = code("BEGIN");
    private static final long START = code("START");
    private static final long COPY = code("COPY");
    private static final long CALL = code("CALL");
    private static final long ALTER = code("ALTER");
    private static final long SESSION = code("SESSION");
    private static final long CURSOR = code("CURSOR");
    private static final long XA = code("XA");
    private static final long CHAIN = code("CHAIN");
    private static final long NO = code("NO");
    private static final long END_WORD = code("END"); // a commit of PostgreSQL

    private static final long[] READING = codes(
            "SELECT",
            "WITH",
            "VALUES",
            "TABLE",
            "SHOW",
            "SET",
            "RESET",
            "DISCARD",
            "USE",
            "HELP",
            "PRAGMA",
            "FETCH",
            "MOVE",
            "CLOSE",
            "LISTEN",
            "UNLISTEN",
            "PREPARE",
            "DEALLOCATE",
            "DECLARE",
            "LOCK",
            "UNLOCK",
            "SAVEPOINT",
            "RELEASE",
            "HANDLER",
            "XA");
    private static final long[] QUERYING = codes("SELECT", "WITH", "VALUES", "TABLE", "SHOW");
    private static final long[] EXPLAINING = codes("EXPLAIN", "DESCRIBE", "DESC");

    /** What can be explained and does not read. */
    private static final long[] EXPLAINABLE =
            codes("INSERT", "UPDATE", "DELETE", "MERGE", "REPLACE", "CREATE", "EXECUTE", "CALL", "UPSERT", "REFRESH");

    private static final long[] ANALYZING = codes("ANALYZE", "ANALYSE");
    private static final long[] ENDING = codes("COMMIT", "ROLLBACK", "ABORT", "END");

    /** What may follow {@code BEGIN} where it begins a transaction, and no block. */
    private static final long[] OF_BEGIN = codes(
            "TRANSACTION",
            "TRAN",
            "WORK",
            "ISOLATION",
            "READ",
            "NOT",
            "DEFERRABLE",
            "DEFERRED",
            "IMMEDIATE",
            "EXCLUSIVE",
            "CONCURRENT");

    /** Functions that pools call to see whether a connection works. */
    private static final long[] HARMLESS_CALLS =
            codes("NOW", "CURRENT_TIMESTAMP", "CURRENT_DATE", "CURRENT_TIME", "CURRENT_USER", "DATABASE");

    /** Where one of these stands before a verb it is a part of a clause, or no verb. */
    private static final long[] BEFORE_NO_VERB =
            codes("SELECT", "DISTINCT", "ALL", "AS", "FOR", "KEY", "BY", "DO", "THEN");

    private static final long[] SEQUENCE_FUNCTIONS = codes("NEXTVAL", "SETVAL");

    private final SqlTokens tokens;
    private char token;

    private SqlEffect(SqlTokens tokens) {
        this.tokens = tokens;
    }

    private static long[] codes(String... words) {
        long[] codes = new long[words.length];
        for (int i = 0; i < codes.length; i++) {
            codes[i] = code(words[i]);
        }
        Arrays.sort(codes);
        return codes;
    }

    private static boolean isIn(long[] words, long word) {
        return Arrays.binarySearch(words, word) >= 0;
    }

    /**
     * Returns what a text does.
     *
     * @param sql one or more statements, perhaps none; {@code null} counts as none
     * @return the sum of {@link #WRITES}, {@link #BEGINS}, {@link #ENDS} and {@link #COMMITS}, as they apply, or
     *     {@link #QUERIES}; of several statements about a transaction the last one counts
     */
    static int of(String sql) {
        if (sql == null) {
            return 0;
        }
        SqlTokens standard = new SqlTokens(sql, false);
        int effect = new SqlEffect(standard).all();
        if ((effect & WRITES) == 0 && standard.isAmbiguous()) {
            effect |= new SqlEffect(new SqlTokens(sql, true)).all();
        }
        return effect == QUERIES ? effect : effect & ~QUERIES;
    }

    private int all() {
        int effect = 0;
        do {
            token = tokens.next();
            int one = statement();
            effect = (one & OF_TRANSACTION) == 0 ? effect | one : effect & WRITES | one;
            if ((effect & (WRITES | BEGINS)) == WRITES) {
                return effect; // a long list of values, most likely
            }
            skipStatement();
        } while (token != END);
        return effect;
    }

    private void skipStatement() {
        while (token != END && token != ';') {
            token = tokens.next();
        }
    }

    private boolean isWord(long word) {
        return token == WORD && tokens.word() == word;
    }

    private boolean isWordOf(long[] words) {
        return token == WORD && isIn(words, tokens.word());
    }

    private boolean isOver() {
        return token == END || token == ';';
    }

    /** From its first token to any within it. */
    private int statement() {
        while (token == '{' || token == '(' || token == '?' || token == '=' || token == '#') {
            if (token == '#') {
                tokens.skipLine(); // no statement begins so, but after a comment of MySQL's
            }
            token = tokens.next();
        }
        if (isOver()) {
            return 0;
        }
        if (token != WORD) {
            return WRITES;
        }
        long first = tokens.word();
        if (isIn(READING, first)) {
            return reading(first);
        }
        if (isIn(EXPLAINING, first)) {
            return explained();
        }
        if (isIn(ENDING, first)) {
            return ending(first);
        }
        token = tokens.next();
        if (first == BEGIN) {
            return isOver() || isWordOf(OF_BEGIN) ? BEGINS : WRITES;
        }
        if (first == START) {
            return isWord(TRANSACTION) ? BEGINS : WRITES;
        }
        if (first == COPY) {
            return copy();
        }
        if (first == CALL) {
            return token == NUMBER || isWordOf(HARMLESS_CALLS) ? 0 : WRITES;
        }
        return first == ALTER && isWord(SESSION) ? 0 : WRITES;
    }

    private int reading(long first) {
        char before = WORD;
        long wordBefore = first;
        int words = 1;
        token = tokens.next();
        if (first == PREPARE) {
            return isWord(TRANSACTION) ? ENDS | COMMITS : 0; // what it prepares does not run
        }
        if (first == XA && (isWord(COMMIT) || isWord(ROLLBACK) || isWord(PREPARE))) {
            return ENDS;
        }
        boolean isScript = first == SET || first == DECLARE; // further statements may follow without a semicolon
        boolean isKnown = first != DECLARE;
        while (!isOver()) {
            char now = token;
            long word = now == WORD ? tokens.word() : 0;
            token = tokens.next();
            if (now == WORD) {
                words++;
                isKnown = isKnown || word == CURSOR && words > 2;
                if (writes(before, wordBefore, word, isScript)) {
                    return WRITES;
                }
            }
            before = now;
            wordBefore = word;
        }
        return !isKnown ? WRITES : isIn(QUERYING, first) ? QUERIES : 0;
    }

    /** Whether a statement that has begun as a reading one writes by this word; the next token is known. */
    private boolean writes(char before, long wordBefore, long word, boolean isScript) {
        if (word == INSERT || word == UPDATE || word == DELETE || word == MERGE) {
            if (before == '.' || before == ',' || before == ':' || before == '@') {
                return false;
            }
            if (before == WORD && isIn(BEFORE_NO_VERB, wordBefore)) {
                return false;
            }
            boolean isVerb = token == WORD || token == QUOTED || token == '[' || token == '#' || token == '@';
            return isVerb
                    && (before == '('
                            || before == ')'
                            || isScript
                            || (word == DELETE ? isWord(FROM) : word != UPDATE && isWord(INTO)));
        }
        if (word == INTO) {
            return token != '@' && token != ':' && token != '?'; // a variable is no table
        }
        if (word == NEXT) {
            return isWord(VALUE);
        }
        return isIn(SEQUENCE_FUNCTIONS, word);
    }

    private int explained() {
        boolean analyzes = false;
        int depth = 0;
        token = tokens.next();
        while (!isOver()) {
            if (token == '(') {
                depth++;
            } else if (token == ')') {
                depth--;
            } else if (isWordOf(ANALYZING)) {
                analyzes = true;
            } else if (token == WORD && depth <= 0) {
                long word = tokens.word();
                if (isIn(READING, word) || isIn(EXPLAINABLE, word)) {
                    return analyzes ? statement() : 0;
                }
            }
            token = tokens.next();
        }
        return 0;
    }

    private int ending(long first) {
        boolean ends = true;
        boolean goesOn = false;
        boolean no = false;
        for (token = tokens.next(); !isOver(); token = tokens.next()) {
            ends = ends && !isWord(TO) && !isWord(PREPARED);
            goesOn = goesOn || isWord(CHAIN) && !no;
            no = isWord(NO);
        }
        if (!ends) {
            return 0;
        }
        boolean commits = first == COMMIT || first == END_WORD;
        return ENDS | (commits ? COMMITS : 0) | (goesOn ? BEGINS : 0);
    }

    /** {@code COPY t TO} reads, {@code COPY (INSERT ...) TO} does not. */
    private int copy() {
        int depth = 0;
        char before = WORD;
        long wordBefore = COPY;
        boolean reads = false;
        while (!isOver()) {
            char now = token;
            long word = now == WORD ? tokens.word() : 0;
            token = tokens.next();
            if (now == '(') {
                depth++;
            } else if (now == ')') {
                depth--;
            } else if (now == WORD) {
                if (depth > 0 && writes(before, wordBefore, word, false)) {
                    return WRITES;
                }
                if (depth == 0 && word == FROM) {
                    return WRITES;
                }
                reads = reads || depth == 0 && word == TO;
            }
            before = now;
            wordBefore = word;
        }
        return reads ? 0 : WRITES;
    }
}
