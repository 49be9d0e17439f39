# Writes the small tables that record.sh trains on into the current folder. All arithmetic is on whole numbers below 2^53,
# so that every awk writes the same bytes.

# The generator of Park and Miller: its product stays below 2^46, which is exact in the double precision of awk.
function next_number(below) {
  state = (state * 16807) % 2147483647
  return state % below
}

# A number of thousandths as text, without the printf of fractions.
function decimal(thousandths, sign) {
  sign = thousandths < 0 ? "-" : ""
  if (thousandths < 0) thousandths = -thousandths
  return sign int(thousandths / 1000) "." substr(1000 + thousandths % 1000, 2)
}

function letters(alphabet, length_, text) {
  text = ""
  while (length_-- > 0) text = text substr(alphabet, 1 + next_number(length(alphabet)), 1)
  return text
}

# count entities with one feature for each letter of names; keeps the features for the targets.
function entities(file, prefix, count, names, values, e, c, line) {
  line = "id"
  for (c = 1; c <= length(names); c++) line = line "," substr(names, c, 1)
  print line > file
  for (e = 1; e <= count; e++) {
    line = prefix e
    for (c = 1; c <= length(names); c++) {
      # The sum of four uniform numbers, to look a little like a normal one.
      values[e, c] = next_number(1000) + next_number(1000) + next_number(1000) + next_number(1000) - 1998
      line = line "," decimal(values[e, c])
    }
    print line > file
  }
  close(file)
}

# Inner products of features, plus a ridge on the diagonal.
function similarities(file, prefix, count, columns, values, ridge, e, other, c, line, product) {
  line = "id"
  for (e = 1; e <= count; e++) line = line "," prefix e
  print line > file
  for (e = 1; e <= count; e++) {
    line = prefix e
    for (other = 1; other <= count; other++) {
      product = e == other ? ridge : 0
      for (c = 1; c <= columns; c++) product += values[e, c] * values[other, c]
      line = line "," sprintf("%d", product)
    }
    print line > file
  }
  close(file)
}

function molecule(text, n) {
  text = "C"
  for (n = 2 + next_number(4); n > 0; n--) text = text fragment[1 + next_number(fragments)]
  return text
}

function mixed(file, prefix, count, e, mass) {
  print "id,mass,kind,note,sequence,smiles,point" > file
  for (e = 1; e <= count; e++) {
    mass = next_number(6) == 0 ? "" : decimal(next_number(300000))
    print prefix e "," mass "," kind[1 + next_number(3)] "," \
      word[1 + next_number(6)] " " word[1 + next_number(6)] " " word[1 + next_number(6)] "," \
      letters("ACDEFGHIKLMNPQRSTVWY", 20 + next_number(20)) "," molecule() "," \
      next_number(9) " " next_number(9) " " next_number(9) > file
  }
  close(file)
}

# One pair with its targets, all made of z.
function pair(row, i, j, z, grade, part) {
  z = int((left[i, 1] * right[j, 1] - left[i, 2] * right[j, 2]) / 1000) + int(left[i, 3] / 2) + next_number(200)
  grade = z < -500 ? "low" : z > 500 ? "high" : "mid"
  part = row % 5 == 0 ? "test" : row % 5 == 1 ? "validation" : "train"
  print "a" i ",b" j ",c" 1 + row % 4 "," decimal(5000 + z) "," decimal(int(z * z / 1000)) "," \
    (z > 0 ? "yes" : "no") "," grade "," 1 + row % 2 "," part > "pairs.csv"
  if (z > 0) print "a" i ",b" j > "positives.csv"
}

# Images whose class is their brightest row, as octal escapes for printf.
function images(name, count, i, label, pixel, file) {
  file = name "-images-idx3-ubyte.octal"
  printf "\\000\\000\\010\\003\\000\\000\\000\\%03o\\000\\000\\000\\003\\000\\000\\000\\003", count > file
  printf "\\000\\000\\010\\001\\000\\000\\000\\%03o", count > (name "-labels-idx1-ubyte.octal")
  for (i = 0; i < count; i++) {
    label = next_number(3)
    printf "\\%03o", label > (name "-labels-idx1-ubyte.octal")
    for (pixel = 0; pixel < 9; pixel++) {
      printf "\\%03o", next_number(60) + (int(pixel / 3) == label ? 150 : 0) > file
    }
  }
  close(file)
  close(name "-labels-idx1-ubyte.octal")
}

BEGIN {
  state = 20250829
  fragments = split("C CC C(C) c1ccccc1 N O C(=O) CCl", fragment, " ")
  split("red green blue", kind, " ")
  split("small large bright quiet heavy round", word, " ")

  entities("left.csv", "a", 20, "wxyz", left)
  entities("right.csv", "b", 15, "pqr", right)
  entities("cell.csv", "c", 4, "uv", cell)
  entities("new_left.csv", "n", 3, "wxyz", fresh)
  similarities("left_similarity.csv", "a", 20, 4, left, 1000000)
  similarities("left_similarity_2.csv", "a", 20, 2, left, 500000)
  similarities("right_similarity.csv", "b", 15, 3, right, 1000000)
  mixed("mixed.csv", "a", 20)
  mixed("new_mixed.csv", "n", 3)

  print "id,h,i,j,k" > "counts.csv"
  print "id,feature,value" > "sparse.csv"
  for (e = 1; e <= 20; e++) {
    print "a" e "," next_number(5) "," next_number(5) "," next_number(5) "," next_number(5) + 1 > "counts.csv"
    for (c = 1; c <= 12; c++) if (next_number(3) == 0 || c == 1) print "a" e ",f" c "," decimal(next_number(3000)) > "sparse.csv"
  }

  print "left,right,cell,affinity,other,active,grade,weight,part" > "pairs.csv"
  print "left,right" > "positives.csv"
  print "left,right" > "new_pairs.csv"
  for (i = 1; i <= 20; i++) for (j = 1; j <= 15; j++) pair((i - 1) * 15 + j - 1, i, j)
  for (i = 1; i <= 3; i++) for (j = 1; j <= 15; j++) print "n" i ",b" j > "new_pairs.csv"

  # Duels of the entities of table left: most in both orders, each with an outcome of its own.
  print "first,second,cell,margin,won,part" > "duels.csv"
  for (i = 1; i <= 20; i++) for (j = 1; j <= 20; j++) if (i != j && next_number(3) > 0) {
    z = left[i, 1] - left[j, 1] + int(left[i, 2] * left[j, 3] / 2000) + next_number(200)
    print "a" i ",a" j ",c" 1 + (i + j) % 4 "," decimal(z) "," (z > 0) "," ((i + j) % 5 == 0 ? "test" : "train") > "duels.csv"
  }

  images("train", 60)
  images("test", 20)
}
