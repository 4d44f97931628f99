package io.maintenanceagent.store.file;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotLinkException;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;

/**
 * How a path leads to a file at one moment: followed name by name and link by link, as the kernel does, up to the file
 * or to the first name that is missing. So a change of it can be told, and each link be judged. Immutable.
 */
final class PathResolution {

    private static final int MAX_LINKS = 40; // as in Linux, path_resolution(7)

    private final List<Step> steps = new ArrayList<Step>();
    private final List<Link> links = new ArrayList<Link>(); // in the order in which their ends are reached
    private boolean leadsToName; // and not to a directory by ".." or a link to the root
    private boolean complete;

    private PathResolution() {}

    /**
     * Resolves a path.
     *
     * @param file absolute
     * @throws IOException if that cannot be seen, or links make a loop
     */
    static PathResolution of(Path file) throws IOException {
        PathResolution resolution = new PathResolution();
        resolution.new Walk().along(file);
        return resolution;
    }

    /**
     * Resolves the path of a file to write or to make.
     *
     * @param file absolute; need not exist, also behind a link
     * @throws NoSuchFileException if a directory on the way does not exist
     * @throws IOException if one may not be seen, or links make a loop; the message is a clause
     */
    static PathResolution toWrite(Path file) throws IOException {
        PathResolution resolution;
        try {
            resolution = of(file);
        } catch (NotLinkException | NoSuchFileException e) {
            throw new IOException("is changed by others just now; try again", e);
        } catch (FileSystemException e) {
            Path unseen = e.getFile() == null ? file : Paths.get(e.getFile());
            throw new IOException("cannot be seen; is " + unseen.getParent() + " accessible for this user?", e);
        }
        if (!resolution.leadsToName) {
            throw new IOException("is a directory; allowed: a file");
        }
        Step end = resolution.end();
        if (!end.last && end.facts == null) {
            throw new NoSuchFileException(end.path().toString());
        }
        if (!end.last) {
            throw new IOException("cannot be there: " + end.path() + " is " + end.facts.kind() + ", no directory");
        }
        return resolution;
    }

    /** Returns the names that were looked up, in their order. */
    List<Step> steps() {
        return Collections.unmodifiableList(steps);
    }

    /** Returns whether the path leads to a file. */
    boolean isComplete() {
        return complete;
    }

    private Step end() {
        return steps.get(steps.size() - 1);
    }

    /** Returns the file's directory, by a path without links. For one {@link #toWrite}, as what follows. */
    Path directory() {
        return end().directory();
    }

    /** Returns the file's name in it, a single one. */
    Path name() {
        return end().name();
    }

    /** Returns the file's path without links. */
    Path real() {
        return end().path();
    }

    /** Returns the links that lead to directories on the way. */
    List<Path> linkedDirectories() {
        List<Path> directories = new ArrayList<Path>();
        for (Link link : links) {
            if (link.restBehind > 0) {
                directories.add(0, link.path);
            }
        }
        return directories;
    }

    /**
     * Refuses links that another user may have put there. Called before a write.
     *
     * @throws IOException if a link on the way belongs neither to root nor to this user, and leads to what does not
     *     belong to the link's owner
     */
    void refuseForeignLinks() throws IOException {
        for (Link link : links) {
            if (!link.mayLeadThere()) {
                throw new IOException("is not written: " + link.path + " is a link of another user (" + link.facts.uid()
                        + ") to what is not that user's own; name the real file instead of the link, or have root make"
                        + " the link");
            }
        }
    }

    /** One walk along a path. */
    private final class Walk {
        private final Deque<Path> rest = new ArrayDeque<Path>();
        private final Deque<Link> open = new ArrayDeque<Link>();
        private int followed;

        void along(Path file) throws IOException {
            push(file);
            Path at = file.getRoot();
            FileFacts facts = directory(at);
            while (!rest.isEmpty()) {
                Path name = rest.pop();
                if (name.toString().equals("..")) {
                    at = at.getParent() == null ? at : at.getParent();
                    facts = directory(at);
                } else {
                    Path next = at.resolve(name);
                    FileFacts found = FileFacts.of(next);
                    Path target = found != null && found.isLink() ? Files.readSymbolicLink(next) : null;
                    steps.add(new Step(at, facts.key(), name, rest.isEmpty(), found, target));
                    if (target != null) {
                        follow(new Link(next, found, rest.size()), target);
                        at = target.isAbsolute() ? target.getRoot() : at;
                        facts = target.isAbsolute() ? directory(at) : facts;
                    } else if (found == null || rest.isEmpty() || !found.isDirectory()) {
                        leadsToName = true;
                        complete = found != null && rest.isEmpty();
                        reached(found == null ? facts : found);
                        return;
                    } else {
                        at = next;
                        facts = found;
                    }
                }
                reached(facts);
            }
        }

        private void follow(Link link, Path target) throws IOException {
            if (++followed > MAX_LINKS) {
                throw new IOException("is a loop of links; see " + link.path);
            }
            open.push(link);
            push(target);
        }

        private void push(Path names) {
            for (int i = names.getNameCount() - 1; i >= 0; i--) {
                if (!names.getName(i).toString().equals(".")) {
                    rest.push(names.getName(i));
                }
            }
        }

        private FileFacts directory(Path at) throws IOException {
            FileFacts facts = FileFacts.of(at);
            if (facts == null) {
                throw new NoSuchFileException(at.toString());
            }
            return facts;
        }

        /** Where links have been followed to their end, notes what they lead to. */
        private void reached(FileFacts facts) {
            while (!open.isEmpty() && rest.size() <= open.peek().restBehind) {
                Link link = open.pop();
                link.reached = facts;
                links.add(link);
            }
        }
    }

    /** A link on the way, that was followed to its end. */
    private static final class Link {
        private final Path path;
        private final FileFacts facts;
        private final int restBehind;
        private FileFacts reached; // before others see it

        Link(Path path, FileFacts facts, int restBehind) {
            this.path = path;
            this.facts = facts;
            this.restBehind = restBehind;
        }

        boolean mayLeadThere() {
            if (!facts.knowsOwners()) {
                return true;
            }
            // Any user may have made a hard link to a link.
            boolean trusted =
                    facts.names() == 1 && (facts.uid() == FileFacts.ROOT || facts.uid() == FileFacts.currentUser());
            return trusted || reached.uid() == facts.uid();
        }
    }

    /** One name that was looked up in one directory. Immutable. */
    static final class Step {
        private final Path directory;
        private final Object key;
        private final Path name;
        private final boolean last;
        private final FileFacts facts;
        private final Path target;

        private Step(Path directory, Object key, Path name, boolean last, FileFacts facts, Path target) {
            this.directory = directory;
            this.key = key;
            this.name = name;
            this.last = last;
            this.facts = facts;
            this.target = target;
        }

        /** Returns the directory, by a path without links. */
        Path directory() {
            return directory;
        }

        /** Returns what tells this directory from another one of the same path; {@code null} where nothing does. */
        Object directoryKey() {
            return key;
        }

        /** Returns the name that was looked up in it. */
        Path name() {
            return name;
        }

        /** Returns the path that was looked up. */
        Path path() {
            return directory.resolve(name);
        }

        /** Returns whether the name is that of the file, or of a link to it, and not of a directory on the way. */
        boolean isLast() {
            return last;
        }

        /** Returns whether the name was found. */
        boolean isFound() {
            return facts != null;
        }

        /** Returns where the link of this name leads; {@code null} if it is none. */
        Path linkTarget() {
            return target;
        }
    }
}
