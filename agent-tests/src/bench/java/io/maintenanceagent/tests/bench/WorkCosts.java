package io.maintenanceagent.tests.bench;

import java.time.Duration;
import java.util.Date;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.quartz.Job;
import org.quartz.JobBuilder;
import org.quartz.JobExecutionContext;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.SimpleScheduleBuilder;
import org.quartz.TriggerBuilder;
import org.quartz.impl.StdSchedulerFactory;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;
import org.springframework.scheduling.support.ScheduledMethodRunnable;

/** A poll of Kafka's consumer, and a tick of a scheduler that has another one to run at once, in microseconds. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class WorkCosts {

    static final String TOPIC = "bench";

    /** As many records are in the topic. */
    static final int RECORDS = 20_000;

    private static final int TICKS = 500;

    /** A consumer of a partition, at its end or at its begin. */
    @State(Scope.Thread)
    public static class Polled {
        private final TopicPartition partition = new TopicPartition(TOPIC, 0);
        private KafkaConsumer<String, String> consumer;
        private int taken;

        /** Connects to the broker that the system property names. */
        @Setup
        public void connect() {
            Properties properties = new Properties();
            properties.put("bootstrap.servers", System.getProperty("bench.kafka"));
            properties.put("max.poll.records", "100");
            consumer = new KafkaConsumer<>(properties, new StringDeserializer(), new StringDeserializer());
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
        }

        int takeSome() {
            ConsumerRecords<String, String> records = consumer.poll(Duration.ofSeconds(5));
            taken += records.count();
            if (taken >= RECORDS) {
                taken = 0;
                consumer.seekToBeginning(List.of(partition));
            }
            return records.count();
        }

        int takeNone() {
            consumer.pause(List.of(partition));
            return consumer.poll(Duration.ZERO).count();
        }

        /** Disconnects. */
        @TearDown
        public void close() {
            consumer.close(Duration.ofSeconds(1));
        }
    }

    /** Counts ticks, whoever makes them. */
    public abstract static class Ticks {
        private static volatile CountDownLatch latch;
        private static int count; // of one thread at a time

        static void count() {
            CountDownLatch waiting = latch;
            if (waiting != null && ++count >= TICKS) {
                count = 0;
                latch = null;
                waiting.countDown();
            }
        }

        void await() throws InterruptedException {
            CountDownLatch waiting = new CountDownLatch(1);
            latch = waiting;
            waiting.await();
        }
    }

    /** A scheduler of Spring's with a method whose next tick is always due. */
    @State(Scope.Thread)
    public static class Spring extends Ticks {
        private final ThreadPoolTaskScheduler scheduler = new ThreadPoolTaskScheduler();

        /** As a method with an annotation is scheduled. */
        @Setup
        public void schedule() throws NoSuchMethodException {
            scheduler.initialize();
            scheduler.scheduleWithFixedDelay(new ScheduledMethodRunnable(this, "tick"), Duration.ofNanos(1));
        }

        /** The scheduled method. */
        public void tick() {
            count();
        }

        /** Ends the scheduler. */
        @TearDown
        public void close() {
            scheduler.shutdown();
        }
    }

    /** A scheduler of Quartz that has years of ticks to make up for. */
    @State(Scope.Thread)
    public static class Quartz extends Ticks {
        private Scheduler scheduler;

        /** A tick of every millisecond, of one thread. */
        @Setup
        public void schedule() throws SchedulerException {
            Properties properties = new Properties();
            properties.setProperty("org.quartz.scheduler.instanceName", "bench");
            properties.setProperty("org.quartz.threadPool.class", "org.quartz.simpl.SimpleThreadPool");
            properties.setProperty("org.quartz.threadPool.threadCount", "1");
            scheduler = new StdSchedulerFactory(properties).getScheduler();
            scheduler.scheduleJob(
                    JobBuilder.newJob(Tick.class).build(),
                    TriggerBuilder.newTrigger()
                            .startAt(new Date(System.currentTimeMillis() - TimeUnit.DAYS.toMillis(1000)))
                            .withSchedule(SimpleScheduleBuilder.simpleSchedule()
                                    .withIntervalInMilliseconds(1)
                                    .repeatForever()
                                    .withMisfireHandlingInstructionIgnoreMisfires())
                            .build());
            scheduler.start();
        }

        /** Ends the scheduler. */
        @TearDown
        public void close() throws SchedulerException {
            scheduler.shutdown();
        }
    }

    /** A job that does nothing. */
    public static final class Tick implements Job {
        @Override
        public void execute(JobExecutionContext context) {
            Ticks.count();
        }
    }

    /** A poll that returns a hundred records. */
    @Benchmark
    public int kafkaPollOfRecords(Polled polled) {
        return polled.takeSome();
    }

    /** A poll of a partition that the application has paused. */
    @Benchmark
    public int kafkaPollOfNothing(Polled polled) {
        return polled.takeNone();
    }

    /** A tick of Spring's. */
    @Benchmark
    @OperationsPerInvocation(TICKS)
    public void springTick(Spring spring) throws InterruptedException {
        spring.await();
    }

    /** A tick of Quartz. */
    @Benchmark
    @OperationsPerInvocation(TICKS)
    public void quartzTick(Quartz quartz) throws InterruptedException {
        quartz.await();
    }
}
