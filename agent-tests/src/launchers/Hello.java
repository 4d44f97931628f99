/** A small application: something for an agent to start with. Argument: for how many milliseconds it stays. */
final class Hello {

    private Hello() {}

    public static void main(String[] args) throws InterruptedException {
        Greeting greeting = () -> "HELLO";
        System.out.println(greeting.text());
        if (args.length > 0) {
            Thread.sleep(Integer.parseInt(args[0]));
        }
    }

    interface Greeting {
        String text();
    }
}
