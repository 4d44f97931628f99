package io.maintenanceagent.tests.soak;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/** What the test application has counted, in a file that it maps as well. */
final class WorkFile {

    private static final int IN_MAINTENANCE = 4;
    private static final int DRAINED = 8;
    private static final int WRONG = 12;
    private static final int SIZE = 16;

    private final MappedByteBuffer memory;

    WorkFile(Path path) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
            memory = file.getChannel().map(FileChannel.MapMode.READ_WRITE, 0, SIZE);
        }
    }

    /** Whether the agent has said so, a moment ago. */
    boolean isInMaintenance() {
        return memory.getInt(IN_MAINTENANCE) == 1;
    }

    /** How often the agent has said "drained" after it had not. */
    int drained() {
        return memory.getInt(DRAINED);
    }

    /** How often the agent was found to say so while the application was at work. */
    int wrong() {
        return memory.getInt(WRONG);
    }
}
