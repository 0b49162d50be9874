import * as fc from "fast-check";

/** Texts in which fences, BOMs and line ends of all kinds are frequent. */
export const markdownText = fc
  .array(
    fc.constantFrom(
      ...[
        "---",
        "--- ",
        "---\t",
        "----",
        " ---",
        "\uFEFF",
        "\n",
        "\r\n",
        "\r",
        "name: x",
        "k: |",
        "  ---",
        "# h",
        "```",
        "a: b: c",
        "Title",
        "===",
        "<div>",
        "> q",
        "- i",
        "\0",
        "$&",
        "'",
      ],
    ),
  )
  .map((pieces) => pieces.join(""));
