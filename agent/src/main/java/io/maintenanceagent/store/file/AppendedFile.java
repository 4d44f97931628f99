package io.maintenanceagent.store.file;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

/** Opens a file to append to it, by the rules of this package. */
public final class AppendedFile {

    private AppendedFile() {}

    /**
     * Opens a file for appending. The caller closes the stream.
     *
     * @param file absolute; made if it is missing, its directory is not
     * @throws IOException if it is no regular file, or a link on the way is not to be followed; the message is a clause
     */
    public static OutputStream open(File file) throws IOException {
        try {
            PathResolution path = PathResolution.toWrite(file.toPath());
            path.refuseForeignLinks();
            return Channels.newOutputStream(open(path.real(), FileFacts.of(path.directory())));
        } catch (NoSuchFileException e) {
            throw new IOException("its directory does not exist", e);
        } catch (FileSystemException e) {
            throw new IOException(e.getReason() == null ? e.toString() : e.getReason(), e);
        }
    }

    private static FileChannel open(Path real, FileFacts directory) throws IOException {
        FileFacts facts = FileFacts.of(real);
        if (facts == null && directory != null) {
            try {
                return FileChannel.open(real, options(StandardOpenOption.CREATE_NEW), Rights.ofNewFile(directory));
            } catch (FileAlreadyExistsException ignored) {
                // another JVM has made it
                facts = FileFacts.of(real);
            }
        }
        if (facts == null || !facts.isRegular()) {
            throw new IOException(facts == null ? "it is gone" : "it is " + facts.kind() + "; allowed: a regular file");
        }
        if (facts.names() > 1) {
            throw new IOException("it has " + facts.names() + " names (hard links); allowed: a file with one name");
        }
        // Without CREATE, which Linux refuses for another user's file in a sticky directory (fs.protected_regular).
        FileChannel opened = FileChannel.open(real, options());
        if (facts.isSame(FileFacts.of(real))) {
            return opened;
        }
        opened.close();
        throw new IOException("it was exchanged while it was opened");
    }

    private static Set<OpenOption> options(OpenOption... more) {
        Set<OpenOption> options = new HashSet<OpenOption>(Arrays.asList(more));
        options.add(StandardOpenOption.WRITE);
        options.add(StandardOpenOption.APPEND);
        options.add(LinkOption.NOFOLLOW_LINKS);
        return options;
    }
}
