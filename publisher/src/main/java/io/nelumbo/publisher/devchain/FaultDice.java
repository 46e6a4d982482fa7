package io.nelumbo.publisher.devchain;

import java.util.SplittableRandom;

/** Guarded by itself. Draws what goes wrong with the next push. */
final class FaultDice {

    /** What goes wrong with one push. */
    enum Fault {
        NONE,
        TAKE_AND_STAY_SILENT,
        STAY_SILENT,
        REFUSE,
        FORGET
    }

    private ChainFaults faults = ChainFaults.NONE;
    private SplittableRandom random = new SplittableRandom(0);

    synchronized void load(final ChainFaults next) {
        faults = next;
        random = new SplittableRandom(next.seed());
    }

    synchronized ChainFaults faults() {
        return faults;
    }

    synchronized Fault roll() {
        final double point = random.nextDouble();
        if (point < faults.drop()) {
            return point < faults.drop() / 2 ? Fault.STAY_SILENT : Fault.TAKE_AND_STAY_SILENT;
        }
        if (point < faults.drop() + faults.refuse()) {
            return Fault.REFUSE;
        }
        return point < faults.drop() + faults.refuse() + faults.forget()
                ? Fault.FORGET
                : Fault.NONE;
    }
}
