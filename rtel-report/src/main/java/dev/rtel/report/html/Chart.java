package dev.rtel.report.html;

import java.util.List;

/**
 * The accuracy-against-tokens chart in user units, all numbers as text.
 *
 * @param strip where models without a usable count stand; empty list = there are none
 * @param front the step line's path data; empty = no frontier
 */
record Chart(
        boolean empty,
        String width,
        String height,
        String title,
        String description,
        String left,
        String right,
        String top,
        String bottom,
        String middleX,
        String middleY,
        List<Strip> strip,
        List<Tick> xTicks,
        List<Tick> yTicks,
        String tickTextY,
        String axisTextX,
        String axisTextY,
        String yTextX,
        String front,
        boolean hasFront,
        String hintX,
        String hintY,
        List<Mark> marks,
        String note) {
    record Strip(String x, String y, String width, String height, String textX, String textY, String textY2) {}

    record Tick(String at, String textAt, String text) {}

    /**
     * One model.
     *
     * @param shape path data around the origin
     * @param colour class of the style sheet, and {@code ink} the same for viewers without it
     */
    record Mark(
            String x,
            String y,
            boolean hasWhisker,
            String low,
            String high,
            String capLeft,
            String capRight,
            String shape,
            String colour,
            String ink,
            String fill,
            String anchor,
            boolean linked,
            String words,
            boolean leader,
            String leaderStart,
            String leaderX,
            String leaderY,
            String label,
            String labelX,
            String labelY,
            String labelSide) {}
}
