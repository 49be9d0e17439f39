# The cases of record.sh, which sets the arrays and functions used here. One function a case, in a folder of its own: every
# file that it leaves there is recorded.

# ---- Losses

case_loss_squared() {
  train "${affinity[@]}"
  predict_pairs
  predict --grid --out grid.csv
  predict_new --features left=data/new_left.csv
  evaluate --pairs data/pairs.csv --where "part = 'test'"
  rank --left "w=0.5,x=-1,y=0.25,z=0" --top 10 >rank.txt
  rank --given right=b2 --exclude data/pairs.csv --features left=data/new_left.csv --json >rank.json
}
case_parts_by_setting() { kron train "${affinity[@]}" --quiet --json --out model.kron >train.json; evaluate "${pairs[@]}"; }
case_loss_huber() { train "${affinity[@]}" --loss huber --huber-delta 0.5 --engine block; }
case_loss_logistic() {
  train "${described[@]}" --target active --loss logistic --positive yes --engine block
  predict_pairs
}
case_loss_softmax() {
  train "${described[@]}" --target grade --loss softmax --engine block
  predict_pairs
  rank --left a3 --output high --out rank.csv
}

# ---- Structures

case_structure_symmetric() { train_duels --target margin --structure symmetric --engine block; }
case_structure_comparison() {
  train_duels --target margin --structure comparison --engine block
  predict --grid --out grid.csv
}
case_structure_antisymmetric() { train_duels --target won --loss logistic --structure antisymmetric --engine block; }
case_structure_ranking() {
  train_duels --target won --loss logistic --structure ranking --engine block
  predict --grid --out grid.csv
}
case_structure_cartesian() {
  train "${affinity[@]}" --structure cartesian
  predict_pairs
}

# ---- Encoders

case_encode_plain() {
  train_left --features "left=sql:SELECT id, mass, kind, point FROM 'data/mixed.csv'" --encode left.mass=numeric \
    --encode left.kind=categorical --encode left.point=vector:0.5
}
case_encode_text() { train_encoded note text,words=2,characters=3; }
case_encode_sequence() {
  train_encoded sequence sequence,k=2 --encode left.sequence=sequence,alphabet=classes,k=3,kernel=tanimoto:0.5
}
case_encode_smiles() { train_encoded smiles smiles,bits=512,radius=2 --encode left.smiles=smiles,fingerprint=maccs; }
case_encode_guessed() {
  train_left --features left=data/mixed.csv
  predict_new --features left=data/new_mixed.csv
}

# ---- Kernels, blocks, identities, components

case_kernel_cosine() { train_left "${left[@]}" --kernel left=cosine; }
case_kernel_tanimoto() { train_left --features left=data/counts.csv --kernel left=tanimoto; }
case_kernel_gaussian() {
  train_left "${left[@]}" --kernel left=gaussian:0.5
  predict_new --features left=data/new_left.csv
}
case_features_sparse() { train_left --features left=data/sparse.csv; }
case_similarity() {
  train "${pairs[@]}" --similarity left=data/left_similarity.csv --similarity right=data/right_similarity.csv "${parts[@]}" "${small[@]}" \
    --target affinity
}
case_blocks() {
  train_left "${left[@]}" --similarity left:0.5=data/left_similarity.csv --similarity left:0.25=data/left_similarity_2.csv
}
case_identity() { train "${affinity[@]}" --identity left=0.5; }
case_identity_alone() { train "${pairs[@]}" "${parts[@]}" "${small[@]}" --identity left=1 --identity right=1 --target affinity; }
case_components() { train "${affinity[@]}" --kernel left=gaussian --components left=5; }

# ---- Engines and states. Of data as small as these, auto takes engine dense in most cases.

case_engine_dense() { train "${affinity[@]}" --engine dense --momentum 0.5 --weight-decay 0.01; }
case_engine_eager() { train "${affinity[@]}" --engine eager; }
case_engine_block_weight() { train "${affinity[@]}" --plan left=WEIGHT,right=WEIGHT; }
case_engine_block_mixed() { train "${affinity[@]}" --plan left=VALUE,right=COEFFICIENT; }
case_engine_block_whole_value() { train "${affinity[@]}" --plan whole=VALUE; }
case_engine_block_symmetric() { train_duels --target margin --structure symmetric --plan whole=WEIGHT; }
case_precision_double() { train "${affinity[@]}" --engine block --precision double; }
case_kernels_scalar() { KRONWOOD_JAVA_OPTS="$java_options -Dkronwood.kernels=scalar" train "${affinity[@]}" --engine block; }

# ---- Options of training

case_momentum() { train "${affinity[@]}" --engine block --momentum 0.9 --weight-decay 0.01; }
case_skip() { train "${affinity[@]}" --engine block --skip 0.5; }
case_output_trained() { train "${described[@]}" --target grade --loss softmax --train-output --momentum 0.5 --engine block; }
case_targets_two_with_weights() {
  train "${described[@]}" --target affinity,other --weight weight --engine block
  predict_pairs
}
case_other_defaults() {
  train "${pairs[@]}" "${left[@]}" "${right[@]}" "${parts[@]}" --target affinity --neurons 16 --epochs 3 --threads 2 --batch auto \
    --average none --seed 2 --no-paired --shift 0.5 --no-centre --constant 0.5
}
case_patience() {
  train "${pairs[@]}" "${left[@]}" "${right[@]}" "${three_parts[@]}" --target affinity --neurons 16 --epochs 30 --batch 8 \
    --threads 1 --patience 2 --engine block
}
case_modes_three() {
  train --pairs data/pairs.csv --modes left,right,cell "${left[@]}" "${right[@]}" --features cell=data/cell.csv "${parts[@]}" "${small[@]}" \
    --target affinity --engine block
}

# ---- Divisions

positives=(--pairs data/positives.csv --modes left,right "${left[@]}" "${right[@]}" --target active --loss logistic)
implied="sql:SELECT *, 1 AS active FROM 'data/positives.csv'"

case_negatives_sample() {
  train --pairs "$implied" "${positives[@]:2}" "${small[@]}" --negatives sample:1 --setting B
  evaluate --pairs "$implied" --target active --negatives all
}
case_cv() {
  kron cv "${pairs[@]}" "${left[@]}" "${right[@]}" --target affinity --neurons 16 --epochs 2 --batch 8 --threads 2 --setting A,B,C,D \
    --folds 2 --repeats 2 --quiet --json --out folds >cv.json
}
case_cv_patience() {
  kron cv --pairs "$implied" "${positives[@]:2}" --neurons 16 --epochs 6 --batch 8 --threads 1 --setting B --folds 2 --patience 2 \
    --negatives all --engine block --quiet --json --out folds >cv.json
}
case_cv_tune() {
  kron cv "${affinity[@]}" --setting B --folds 2 --tune 2 --tune-folds 1 --quiet --json --out folds >cv.json
}

# ---- Choices, ensembles, checkpoints

case_tune() {
  train "${affinity[@]}" --tune 3 --tune-folds 2
  predict_pairs
}
case_ensemble() {
  train "${affinity[@]}" --ensemble 4 --hide left --engine block
  predict_pairs
  rank --left a3 --top 5 >rank.txt
  evaluate --pairs data/pairs.csv
}
case_ensemble_tune() {
  train "${described[@]}" --target active --loss logistic --ensemble 2 --tune 3 --tune-folds 2
  predict_pairs
}
case_resume() {
  # Checkpoints say how much memory was allowed: without the option, what happened to be free.
  resumed=(--memory 400M "${pairs[@]}" "${left[@]}" "${right[@]}" "${parts[@]}" --target affinity --neurons 16 --batch 8
    --threads 1 --momentum 0.5 --engine block)
  train "${resumed[@]}" --checkpoint saved --epochs 3
  mv train.json train-3.json
  mv model.kron model-3.kron
  train "${resumed[@]}" --checkpoint saved --epochs 6 --resume
}

# ---- Images and the examples

case_idx() {
  train --pairs data/train-labels-idx1-ubyte,data/test-labels-idx1-ubyte --features image=data/train-images-idx3-ubyte,data/test-images-idx3-ubyte --modes image,image \
    --target label --loss softmax --test-where "file = 2" "${small[@]}"
  evaluate --pairs data/train-labels-idx1-ubyte --features image=data/train-images-idx3-ubyte
  rank --top 5 --output 1 >rank.txt
}
case_example_digits() {
  train --pairs "sql:SELECT * FROM 'examples/digits/labels.csv' LIMIT 400" --features image=examples/digits/images.csv --modes image,image \
    --target label --loss softmax "${parts[@]}" --neurons 64 --epochs 2 --batch 16 --threads 2
}
case_example_same_digit() {
  train --pairs "sql:SELECT * FROM 'examples/same-digit/pairs.csv' LIMIT 600" --features image=examples/digits/images.csv \
    --modes left:image,right:image --target same --loss logistic --neurons 64 --epochs 2 --threads 2 --setting A --structure symmetric \
    --components image=20
}
