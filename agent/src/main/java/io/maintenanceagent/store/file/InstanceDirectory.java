package io.maintenanceagent.store.file;

import io.maintenanceagent.jvm.LocalHost;
import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One file for each instance, in a directory beside the real state file. A file's modification time is when its report
 * expires, so a reader need not open it. On several machines the clocks have to agree within a part of that time.
 *
 * <p>Agents make the directory, write and delete; the command line only reads.
 */
final class InstanceDirectory {

    /** Of one report. */
    static final int MAX_BYTES = 64 * 1024;

    private static final int MAX_FILES = 10_000;
    private static final int MAX_ALL_BYTES = 16 * 1024 * 1024;
    private static final String SUFFIX = ".json";

    /** The end of an instance's name is random; see InstanceIdentity. No other file is deleted. */
    private static final Pattern OWN =
            Pattern.compile("\\.?[A-Za-z0-9._-]+-[0-9a-f]{8}(\\.json|\\.[-0-9a-f]{36}\\.tmp)");

    /** The end of an instance's name is its host's, its process id, and something random. */
    private static final Pattern ID = Pattern.compile("(.*)-(\\d{1,9})-[0-9a-f]{8}\\.json");

    /** How long an expired report stays before an agent of the same user deletes it. */
    private static final long TIDY_MILLIS = TimeUnit.MINUTES.toMillis(1);

    private final PathResolution state;
    private final Path directory;

    /**
     * @param state the state file, absolute
     * @throws IOException if its directory cannot be found; the message is a clause
     */
    InstanceDirectory(File state) throws IOException {
        this.state = PathResolution.toWrite(state.toPath());
        this.directory = this.state.directory().resolve(this.state.name() + ".instances");
    }

    /** Without links. */
    Path path() {
        return directory;
    }

    void report(String instance, byte[] report, long ttlMillis) throws IOException {
        try {
            state.refuseForeignLinks();
            FileFacts facts = make();
            Path next = directory.resolve("." + instance + "." + UUID.randomUUID() + ".tmp");
            try {
                write(next, report, facts);
                Files.setLastModifiedTime(next, FileTime.fromMillis(System.currentTimeMillis() + ttlMillis));
                if (FileFacts.of(fileOf(instance)) == null) {
                    tidy(); // many instances may have died, and no other agent may ever delete their reports
                }
                Files.move(next, fileOf(instance), StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(next);
            }
        } catch (IOException e) {
            throw new IOException("cannot be told in " + directory + " (" + reason(e) + ")", e);
        }
    }

    private static String reason(IOException e) {
        String reason = e instanceof FileSystemException ? ((FileSystemException) e).getReason() : e.getMessage();
        return reason == null ? e.toString() : reason;
    }

    /** Returns what the directory is now. */
    private FileFacts make() throws IOException {
        FileFacts facts = FileFacts.of(directory);
        if (facts == null) {
            FileFacts parent = FileFacts.of(state.directory());
            if (parent == null) {
                throw new IOException("its directory does not exist");
            }
            try {
                // Not its parents: those may just have been taken away.
                Files.createDirectory(directory, Rights.ofNewDirectory(parent));
                try (OpenDirectory made = OpenDirectory.open(directory)) {
                    made.giveRightsOf(parent);
                }
            } catch (FileAlreadyExistsException ignored) {
                // as good
            }
            facts = FileFacts.of(directory);
        }
        requireDirectory(facts);
        return facts;
    }

    private void requireDirectory(FileFacts facts) throws IOException {
        if (facts == null || !facts.isDirectory()) {
            throw new FileSystemException(
                    directory.toString(),
                    null,
                    directory + " is " + (facts == null ? "gone" : facts.kind()) + "; allowed: a directory");
        }
    }

    private static void write(Path next, byte[] report, FileFacts parent) throws IOException {
        Set<OpenOption> options = new HashSet<OpenOption>(
                Arrays.asList(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS));
        try (FileChannel out = FileChannel.open(next, options, Rights.ofNewFile(parent))) {
            FileFacts made = parent.knowsOwners() ? FileFacts.of(next) : null;
            if (made != null && made.permissions() != Rights.ofFile(parent, made.gid(), false)) {
                // The user's mask made it less than it may be.
                Path opened = Rights.isPrivate(parent) ? next : Descriptors.areShown() ? Descriptors.find(next) : null;
                if (opened != null) {
                    Rights.give(opened, parent, false);
                }
            }
            ByteBuffer bytes = ByteBuffer.wrap(report);
            while (bytes.hasRemaining()) {
                out.write(bytes);
            }
        }
    }

    private void tidy() throws IOException {
        long tidy = System.currentTimeMillis() - TIDY_MILLIS;
        int seen = 0;
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
            for (Path file : files) {
                if (++seen > MAX_FILES) {
                    return;
                }
                if (OWN.matcher(file.getFileName().toString()).matches()) {
                    FileFacts facts = FileFacts.of(file);
                    boolean own = facts != null
                            && facts.isRegular()
                            && facts.size() <= MAX_BYTES
                            && facts.uid() == FileFacts.currentUser();
                    if (own && facts.modifiedMillis() < tidy && !isOfLocalProcess(file.getFileName(), facts)) {
                        Files.deleteIfExists(file);
                    }
                }
            }
        }
    }

    void withdraw(String instance) throws IOException {
        FileFacts facts = FileFacts.of(directory);
        if (facts != null && facts.isDirectory()) {
            Files.deleteIfExists(fileOf(instance));
        }
    }

    private Path fileOf(String instance) {
        return directory.resolve(instance + SUFFIX);
    }

    /**
     * Lists what has not expired, or is of a process of this host that is still there. A report that cannot be read is
     * listed without a content: the instance exists, and nothing else is known of it.
     *
     * @param notReports gets a clause for each file that is no report and could be taken for one
     */
    Map<String, byte[]> list(List<String> notReports) throws IOException {
        Map<String, byte[]> reports = new TreeMap<String, byte[]>();
        FileFacts facts = FileFacts.of(directory);
        if (facts == null) {
            return reports;
        }
        requireDirectory(facts);
        long now = System.currentTimeMillis();
        int seen = 0;
        int bytes = 0;
        try (OpenDirectory open = OpenDirectory.open(directory)) {
            for (Path entry : open.names()) {
                Path file = open.at(entry.getFileName());
                String name = entry.getFileName().toString();
                if (++seen > MAX_FILES || bytes > MAX_ALL_BYTES) {
                    throw new FileSystemException(
                            directory.toString(),
                            null,
                            "there are more than the " + MAX_FILES + " files or " + MAX_ALL_BYTES / (1024 * 1024)
                                    + " MiB that are looked at in " + directory
                                    + "; delete what is none of the agents'");
                }
                FileFacts found = name.endsWith(SUFFIX) ? FileFacts.of(file) : null;
                if (found != null && isReport(name, found, now, notReports)) {
                    byte[] report = read(file, name, notReports);
                    if (report != null) {
                        bytes += report.length;
                        reports.put(name.substring(0, name.length() - SUFFIX.length()), report);
                    }
                }
            }
        } catch (AccessDeniedException e) {
            throw new AccessDeniedException(
                    directory.toString(),
                    null,
                    directory + " is not readable for this user; give it the group and the permissions of "
                            + state.directory() + ", or act as its owner");
        }
        return reports;
    }

    private boolean isReport(String name, FileFacts found, long now, List<String> notReports) {
        if (!found.isRegular()) {
            notReports.add(directory.resolve(name) + " is " + found.kind() + ", no instance's report, and is ignored");
        } else if (found.size() > MAX_BYTES) {
            notReports.add(directory.resolve(name) + " is larger than the 64 KiB of a report, and is ignored");
        } else {
            return found.modifiedMillis() > now || isOfLocalProcess(Paths.get(name), found);
        }
        return false;
    }

    /**
     * Returns whether a report has expired, and the process that wrote it is still on this host: then it is stopped, or
     * gets no time, and goes on with what it was doing some time.
     */
    private static boolean isOfLocalProcess(Path name, FileFacts report) {
        Matcher id = ID.matcher(name.toString());
        return id.matches()
                && id.group(1).endsWith("-" + LocalHost.name().replaceAll("[^A-Za-z0-9._-]", "_"))
                && LocalHost.hasProcess(Long.parseLong(id.group(2)), report.modifiedMillis());
    }

    private byte[] read(Path file, String name, List<String> notReports) {
        Set<OpenOption> options =
                new HashSet<OpenOption>(Arrays.asList(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS));
        try (FileChannel in = FileChannel.open(file, options)) {
            ByteBuffer bytes = ByteBuffer.allocate(MAX_BYTES);
            while (bytes.hasRemaining() && in.read(bytes) >= 0) {
                // on, to the end or the bound
            }
            return Arrays.copyOf(bytes.array(), bytes.position());
        } catch (NoSuchFileException ignored) {
            // the report was withdrawn
            return null;
        } catch (IOException e) {
            notReports.add(directory.resolve(name) + " is an instance's report and cannot be read (" + e
                    + "); give it the group and the permissions of " + directory);
            return new byte[0];
        }
    }
}
