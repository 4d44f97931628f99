package io.maintenanceagent.store.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotLinkException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;

/**
 * Where a path leads: followed link by link, as the kernel does, so that each link can be judged. The last name need
 * not exist, also behind a link. Immutable.
 */
final class ResolvedPath {

    private static final int MAX_LINKS = 40; // as in Linux, path_resolution(7)

    private final Path directory;
    private final Path name;
    private final List<Path> linkedDirectories;
    private final String foreign;

    private ResolvedPath(Path directory, Path name, Walk walk) {
        this.directory = directory;
        this.name = name;
        this.linkedDirectories = Collections.unmodifiableList(walk.linkedDirectories);
        this.foreign = walk.foreign;
    }

    /**
     * @param path absolute
     * @throws NoSuchFileException if a directory on the way does not exist
     * @throws IOException if one may not be seen, or links make a loop; the message is a clause
     */
    static ResolvedPath of(Path path) throws IOException {
        return new Walk(path).walk();
    }

    /** Without links in it. */
    Path directory() {
        return directory;
    }

    /** A single one. */
    Path name() {
        return name;
    }

    /** The path without links. */
    Path real() {
        return directory.resolve(name);
    }

    /** The links that lead to directories on the way. */
    List<Path> linkedDirectories() {
        return linkedDirectories;
    }

    /**
     * Refuses links that another user may have put there. Called before a write.
     *
     * @throws IOException if a link on the way belongs neither to root nor to this user, and leads to what does not
     *     belong to the link's owner
     */
    void refuseForeignLinks() throws IOException {
        if (foreign != null) {
            throw new IOException("is not written: " + foreign);
        }
    }

    /** One walk along a path. */
    private static final class Walk {
        private final Path path;
        private final Deque<Path> rest = new ArrayDeque<Path>();
        private final Deque<Link> open = new ArrayDeque<Link>();
        private final List<Path> linkedDirectories = new ArrayList<Path>();
        private String foreign;

        Walk(Path path) {
            this.path = path;
        }

        ResolvedPath walk() throws IOException {
            push(path);
            Path at = path.getRoot();
            FileFacts facts = FileFacts.of(at);
            int links = 0;
            while (!rest.isEmpty()) {
                Path name = rest.pop();
                if (name.toString().equals("..")) {
                    at = at.getParent() == null ? at : at.getParent();
                    facts = FileFacts.of(at);
                } else {
                    Path next = at.resolve(name);
                    FileFacts found = seen(next);
                    if (found != null && found.isLink()) {
                        if (++links > MAX_LINKS) {
                            throw new IOException("is a loop of links; see " + next);
                        }
                        Path target = target(next);
                        open.push(new Link(next, found, rest.size()));
                        at = target.isAbsolute() ? target.getRoot() : at;
                        facts = FileFacts.of(at);
                        push(target);
                    } else if (rest.isEmpty()) {
                        judge(found == null ? facts : found);
                        return new ResolvedPath(at, name, this);
                    } else if (found == null) {
                        throw new NoSuchFileException(next.toString());
                    } else if (!found.isDirectory()) {
                        throw new IOException("cannot be there: " + next + " is " + found.kind() + ", no directory");
                    } else {
                        at = next;
                        facts = found;
                    }
                }
                judge(facts);
            }
            throw new IOException("is a directory; allowed: a file");
        }

        private static FileFacts seen(Path next) throws IOException {
            try {
                return FileFacts.of(next);
            } catch (IOException e) {
                throw new IOException("cannot be seen; is " + next.getParent() + " accessible for this user?", e);
            }
        }

        private static Path target(Path link) throws IOException {
            try {
                return Files.readSymbolicLink(link);
            } catch (NotLinkException | NoSuchFileException e) {
                throw new IOException("is changed by others just now; try again", e);
            }
        }

        private void push(Path names) {
            for (int i = names.getNameCount() - 1; i >= 0; i--) {
                if (!names.getName(i).toString().equals(".")) {
                    rest.push(names.getName(i));
                }
            }
        }

        /** Where links have been followed to their end, looks at what they lead to. */
        private void judge(FileFacts reached) {
            while (!open.isEmpty() && rest.size() <= open.peek().restBehind) {
                Link link = open.pop();
                if (link.restBehind > 0) {
                    linkedDirectories.add(0, link.path);
                }
                if (!link.mayLeadTo(reached)) {
                    foreign = link.path + " is a link of another user (" + link.facts.uid()
                            + ") to what is not that user's"
                            + " own; name the real file instead of the link, or have root make the link";
                }
            }
        }
    }

    /** A link on the way. */
    private static final class Link {
        private final Path path;
        private final FileFacts facts;
        private final int restBehind;

        Link(Path path, FileFacts facts, int restBehind) {
            this.path = path;
            this.facts = facts;
            this.restBehind = restBehind;
        }

        boolean mayLeadTo(FileFacts reached) {
            if (!facts.knowsOwners()) {
                return true;
            }
            // Any user may have made a hard link to a link.
            boolean trusted =
                    facts.names() == 1 && (facts.uid() == FileFacts.ROOT || facts.uid() == FileFacts.currentUser());
            return trusted || reached != null && reached.uid() == facts.uid();
        }
    }
}
