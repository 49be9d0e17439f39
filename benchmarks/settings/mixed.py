"""One model for pairs of all settings, against four models that are tuned for one setting each.

    python3 benchmarks/settings/mixed.py FOLDER [DIVISIONS]

FOLDER holds pairs.csv (left, right, interaction; only what interacts), left_similarity.csv and
right_similarity.csv. For each division a fifth of the left and of the right entities are new, and
a tenth of the other pairs is held out. One model is trained without options; four others on the
same rows with --tune 12 --tune-setting A to D. Printed: average precision by setting, and the mean
difference over the divisions with its standard error.
"""

import csv
import pathlib
import random
import statistics
import subprocess
import sys
import tempfile

KRONWOOD = pathlib.Path(__file__).resolve().parents[2] / "kronwood"


def average_precision(truth, scores):
    """Mean of the precisions at each positive, those of equal scores together."""
    found = seen = total = 0
    ranked = sorted(zip(scores, truth), key=lambda pair: -pair[0])
    at = 0
    while at < len(ranked):
        end = at
        while end < len(ranked) and ranked[end][0] == ranked[at][0]:
            end += 1
        more = sum(label for _, label in ranked[at:end])
        found, seen = found + more, end
        total += more * found / seen
        at = end
    return total / found


def run(*arguments):
    subprocess.run([str(KRONWOOD), *map(str, arguments)], check=True, stdout=subprocess.DEVNULL,
                   stderr=subprocess.DEVNULL)


def write(path, rows):
    with open(path, "w", newline="") as file:
        csv.writer(file).writerows(rows)


def ids(path):
    with open(path) as file:
        return next(csv.reader(file))[1:]


def scores(work, data, train, test, options):
    write(work / "train.csv", [("left", "right", "interaction"), *train])
    write(work / "test.csv", [("left", "right"), *(row[:2] for row in test)])
    sides = [f"--similarity={side}={data / side}_similarity.csv" for side in ("left", "right")]
    run("train", "--pairs", work / "train.csv", "--target", "interaction", "--modes", "left,right",
        "--loss", "logistic", *sides, *options, "--out", work / "model.kron")
    run("predict", "--model", work / "model.kron", "--pairs", work / "test.csv",
        "--out", work / "scores.csv")
    with open(work / "scores.csv") as file:
        return [float(row[2]) for row in list(csv.reader(file))[1:]]


def divided(data, number):
    """Training rows, and test rows by setting."""
    draw = random.Random(number)
    left, right = ids(data / "left_similarity.csv"), ids(data / "right_similarity.csv")
    with open(data / "pairs.csv") as file:
        known = {(row["left"], row["right"]) for row in csv.DictReader(file)
                 if float(row["interaction"]) > 0}
    new_left = set(draw.sample(left, len(left) // 5))
    new_right = set(draw.sample(right, len(right) // 5))
    train, test = [], {setting: [] for setting in "ABCD"}
    for a in left:
        for b in right:
            row = (a, b, int((a, b) in known))
            setting = "ABCD"[(a in new_left) + 2 * (b in new_right)]
            out = setting != "A" or draw.random() < 0.1
            (test[setting] if out else train).append(row)
    return train, test


def main():
    data, divisions = pathlib.Path(sys.argv[1]), int((sys.argv[2:] or [5])[0])
    found = {setting: [] for setting in "ABCD"}
    with tempfile.TemporaryDirectory() as folder:
        for number in range(divisions):
            train, test = divided(data, number)
            every = [row for setting in "ABCD" for row in test[setting]]
            one = dict(zip([row[:2] for row in every],
                           scores(pathlib.Path(folder), data, train, every, [])))
            for setting, rows in test.items():
                truth = [row[2] for row in rows]
                if not any(truth):
                    continue
                tuned = scores(pathlib.Path(folder), data, train, rows,
                               ["--tune", "12", "--tune-setting", setting])
                pair = (average_precision(truth, [one[row[:2]] for row in rows]),
                        average_precision(truth, tuned))
                found[setting].append(pair)
                print(number, setting, "one %.3f tuned %.3f" % pair, flush=True)
    for setting, pairs in found.items():
        if len(pairs) > 1:
            off = [one - tuned for one, tuned in pairs]
            print("| %s | %.3f | %.3f | %+.3f ± %.3f | %d |" % (
                setting, statistics.mean(p[0] for p in pairs), statistics.mean(p[1] for p in pairs),
                statistics.mean(off), statistics.stdev(off) / len(off) ** 0.5, len(pairs)))


main()
