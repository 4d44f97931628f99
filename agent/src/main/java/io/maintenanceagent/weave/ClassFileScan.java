package io.maintenanceagent.weave;

import io.maintenanceagent.entrypoint.EntryPoints;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import net.bytebuddy.jar.asm.Opcodes;

/**
 * Looks for methods to weave in the bytes of a class file, and for the agent's annotations, without building anything.
 *
 * <p>Nearly every class that a JVM loads is turned away after one walk over the lengths of its constant pool (JVMS
 * 4.4): a class that has a woven method has the method's exact descriptor there. Only on such a hit is the method table
 * read. Names of classes and their hierarchy play no part: a servlet may be called anything, and asking for its
 * supertypes would load them.
 *
 * <p>Safe for any thread.
 */
final class ClassFileScan {

    private static final int ACC_STATIC = 0x0008;

    /** The newest version of class files that ASM knows; a constant, which loads nothing of it. */
    static final int NEWEST_KNOWN = Opcodes.V28;

    /** Longer than any text that is looked for. */
    private static final int LONGEST = 512;

    private static final int UTF8 = 1;
    private static final int LONG = 5;
    private static final int DOUBLE = 6;
    private static final int CLASS = 7;

    /** Bytes that follow the tag of a constant pool entry, by tag; 0 for an unknown tag, UTF-8 apart. */
    private static final byte[] ENTRY_LENGTH = {0, 0, 0, 4, 4, 8, 8, 2, 2, 4, 4, 4, 4, 0, 0, 3, 2, 4, 4, 2, 2};

    private static final byte[][] ANNOTATIONS = {
        bytes("Lio/maintenanceagent/api/ForceMaintenanceOn;"), bytes("Lio/maintenanceagent/api/ForceMaintenanceOff;")
    };

    private final EntryPoints entryPoints;

    /** The names of methods, by their length; {@code null} where there is none of a length. */
    private final byte[][][] names;

    /** The marks, and the annotations, by their length: few lengths, so that most texts are turned away at once. */
    private final byte[][][] marks;

    private final AtomicBoolean annotations;

    /**
     * @param entryPoints what to look for
     * @param annotations set when a class file mentions an annotation that forces maintenance on or off
     */
    ClassFileScan(EntryPoints entryPoints, AtomicBoolean annotations) {
        this.entryPoints = entryPoints;
        this.annotations = annotations;
        names = byLength(bytes(entryPoints.methods()));
        marks = byLength(bytes(entryPoints.marks()), ANNOTATIONS);
    }

    /**
     * Tells whether a class file declares a method to weave, with code.
     *
     * @param classFile a whole class file; never {@code null}
     * @return {@code false} also for bytes that are no class file
     * @throws IllegalArgumentException if it has a version to come, which this scan cannot follow
     */
    boolean declaresTarget(byte[] classFile) {
        try {
            return scan(classFile);
        } catch (IndexOutOfBoundsException truncated) {
            return notFollowed(classFile);
        }
    }

    private static boolean notFollowed(byte[] file) {
        if (isNewerThanKnown(file)) {
            throw new IllegalArgumentException("another format");
        }
        return false;
    }

    /** Whether ASM does not know its version; of the newest one that it knows, it does not know the preview. */
    static boolean isNewerThanKnown(byte[] file) {
        return file.length > 7 && (u2(file, 6) > NEWEST_KNOWN || u2(file, 6) == NEWEST_KNOWN && u2(file, 4) != 0);
    }

    /** Runs for each class that is loaded, mostly interpreted: few steps a text. */
    private boolean scan(byte[] file) {
        int entries = u2(file, 8);
        boolean marked = false;
        int at = 10;
        for (int i = 1; i < entries; i++) {
            int tag = file[at];
            if (tag == UTF8) {
                int length = (file[at + 1] & 0xff) << 8 | file[at + 2] & 0xff;
                if (length < marks.length && marks[length] != null) {
                    marked |= isMark(find(marks[length], file, at + 3));
                }
                at += 3 + length;
            } else {
                if (tag <= 0 || tag >= ENTRY_LENGTH.length || ENTRY_LENGTH[tag] == 0) {
                    return notFollowed(file);
                }
                at += 1 + ENTRY_LENGTH[tag];
                if (tag == LONG || tag == DOUBLE) {
                    i++; // these take two places in the pool (JVMS 4.4.5)
                }
            }
        }
        return marked && isNamed(file, entries) && methodTableDeclaresTarget(file, at, entries);
    }

    private boolean isMark(byte[] found) {
        if (found == ANNOTATIONS[0] || found == ANNOTATIONS[1]) {
            annotations.set(true);
            return false;
        }
        return found != null;
    }

    /** Whether the pool, which has been walked once, has the name of a method to weave. */
    private boolean isNamed(byte[] file, int entries) {
        int at = 10;
        for (int i = 1; i < entries; i++) {
            int tag = file[at];
            if (tag == UTF8) {
                int length = u2(file, at + 1);
                if (length < names.length && names[length] != null && find(names[length], file, at + 3) != null) {
                    return true;
                }
                at += 3 + length;
            } else {
                at += 1 + ENTRY_LENGTH[tag];
                if (tag == LONG || tag == DOUBLE) {
                    i++;
                }
            }
        }
        return false;
    }

    /** Slow and rare: finds names and descriptors by walking the pool anew, once, into a table of offsets. */
    private boolean methodTableDeclaresTarget(byte[] file, int poolEnd, int entries) {
        int[] offsets = offsets(file, entries);
        String owner = utf8(file, offsets[u2(file, offsets[u2(file, poolEnd + 2)])]);
        int extended = u2(file, poolEnd + 4); // 0 for java.lang.Object
        String parent = extended == 0 ? null : utf8(file, offsets[u2(file, offsets[extended])]);
        int at = poolEnd + 6; // access flags, this class, super class
        at += 2 + 2 * u2(file, at); // interfaces
        at = afterFields(file, at);
        int methods = u2(file, at);
        at += 2;
        for (int i = 0; i < methods; i++) {
            String name = utf8(file, offsets[u2(file, at + 2)]);
            String descriptor = utf8(file, offsets[u2(file, at + 4)]);
            if (isTarget(owner, parent, u2(file, at), name, descriptor) && hasCode(file, at, offsets)) {
                return true;
            }
            at = afterAttributes(file, at + 6);
        }
        return false;
    }

    private boolean isTarget(String owner, String parent, int access, String name, String descriptor) {
        boolean isStatic = (access & ACC_STATIC) != 0;
        return entryPoints.request(owner, parent, isStatic, name, descriptor) != null
                || entryPoints.work(owner, parent, isStatic, name, descriptor) != null;
    }

    private static boolean hasCode(byte[] file, int method, int[] offsets) {
        int attributes = u2(file, method + 6);
        int at = method + 8;
        for (int i = 0; i < attributes; i++) {
            if (utf8(file, offsets[u2(file, at)]).equals("Code")) {
                return true;
            }
            at += 6 + u4(file, at + 2);
        }
        return false;
    }

    private static int afterFields(byte[] file, int at) {
        int fields = u2(file, at);
        int next = at + 2;
        for (int i = 0; i < fields; i++) {
            next = afterAttributes(file, next + 6);
        }
        return next;
    }

    private static int afterAttributes(byte[] file, int at) {
        int attributes = u2(file, at);
        int next = at + 2;
        for (int i = 0; i < attributes; i++) {
            next += 6 + u4(file, next + 2);
        }
        return next;
    }

    /** Where the texts of the pool begin, and what names a class. */
    private static int[] offsets(byte[] file, int entries) {
        int[] offsets = new int[entries];
        int at = 10;
        for (int i = 1; i < entries; i++) {
            int tag = file[at];
            if (tag == UTF8) {
                offsets[i] = at + 1;
                at += 3 + u2(file, at + 1);
            } else {
                if (tag == CLASS) {
                    offsets[i] = at + 1;
                }
                at += 1 + ENTRY_LENGTH[tag];
                if (tag == LONG || tag == DOUBLE) {
                    i++;
                }
            }
        }
        return offsets;
    }

    private static String utf8(byte[] file, int offset) {
        return new String(file, offset + 2, u2(file, offset), StandardCharsets.UTF_8);
    }

    /** Which of some candidates of one length it is, or {@code null}. */
    private static byte[] find(byte[][] candidates, byte[] file, int offset) {
        for (byte[] candidate : candidates) {
            if (equal(candidate, file, offset)) {
                return candidate;
            }
        }
        return null;
    }

    private static boolean equal(byte[] candidate, byte[] file, int offset) {
        // From the end: the descriptors share a long beginning.
        for (int i = candidate.length - 1; i >= 0; i--) {
            if (candidate[i] != file[offset + i]) {
                return false;
            }
        }
        return true;
    }

    private static byte[][] bytes(Set<String> texts) {
        byte[][] all = new byte[texts.size()][];
        int i = 0;
        for (String text : texts) {
            all[i++] = bytes(text);
        }
        return all;
    }

    private static byte[][][] byLength(byte[][]... texts) {
        byte[][][] all = new byte[LONGEST][][];
        for (byte[][] some : texts) {
            for (byte[] text : some) {
                byte[][] before = all[text.length];
                byte[][] after = before == null ? new byte[1][] : Arrays.copyOf(before, before.length + 1);
                after[after.length - 1] = text;
                all[text.length] = after;
            }
        }
        return all;
    }

    private static byte[] bytes(String ascii) {
        return ascii.getBytes(StandardCharsets.UTF_8);
    }

    private static int u2(byte[] file, int at) {
        return (file[at] & 0xff) << 8 | file[at + 1] & 0xff;
    }

    private static int u4(byte[] file, int at) {
        int value = u2(file, at) << 16 | u2(file, at + 2);
        if (value < 0) {
            throw new ArrayIndexOutOfBoundsException(value);
        }
        return value;
    }
}
