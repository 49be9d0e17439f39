package kronwood.spark;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import kronwood.fault.Facts;
import kronwood.fault.InputException;
import kronwood.loss.LogisticLoss;
import kronwood.loss.SoftmaxLoss;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/** Columns that must be there, and those that predictions add. */
final class Columns {
  private Columns() {}

  static void require(StructType schema, String column, String what) {
    if (!Arrays.asList(schema.fieldNames()).contains(column)) {
      throw new InputException(
          "there is no column '%s' with %s, the columns are %s"
              .formatted(column, what, String.join(", ", schema.fieldNames())),
          Facts.NONE.inColumn(column));
    }
  }

  static void requireNumber(StructType schema, String column, String what) {
    require(schema, column, what);
    boolean number =
        switch (schema.apply(column).dataType()) {
          case NumericType _, BooleanType _ -> true;
          default -> false;
        };
    if (!number) {
      throw new InputException(
          "column '%s' with %s is of type %s, expected numbers; Spark's StringIndexer makes numbers of classes"
              .formatted(column, what, schema.apply(column).dataType().sql()),
          Facts.NONE.inColumn(column));
    }
  }

  /** A schema with the columns of predictions at its end. */
  static StructType withPredictions(
      StructType schema, StageParams params, PipelineStage stage, boolean classifies) {
    StructType result = schema;
    if (classifies) {
      result = with(result, params.text(params.rawPredictionCol), true);
      result = with(result, params.text(params.probabilityCol), true);
    }
    return with(result, params.text(params.predictionCol), false);
  }

  private static StructType with(StructType schema, String column, boolean vector) {
    if (column.isEmpty()) {
      return schema;
    }
    if (Arrays.asList(schema.fieldNames()).contains(column)) {
      throw new InputException(
          "column '%s' is there already; choose another for predictions, or drop it"
              .formatted(column),
          Facts.NONE.inColumn(column));
    }
    return schema.add(column, vector ? SQLDataTypes.VectorType() : DataTypes.DoubleType, true);
  }

  /** Key of the loss of so many classes as there are. */
  static String classLoss(Dataset<?> pairs, String label) {
    Object most =
        pairs
            .select(functions.max(pairs.col(EntityFrame.quoted(label)).cast("double")))
            .head()
            .get(0);
    return most instanceof Double last && last > 1
        ? new SoftmaxLoss().key()
        : new LogisticLoss().key();
  }

  static void checkTables(String option, Collection<String> named, List<String> used) {
    for (String table : named) {
      if (!used.contains(table)) {
        throw InputException.ofOption(
            option,
            "there is no mode with table '%s', the modes name %s"
                .formatted(table, String.join(", ", used)));
      }
    }
  }

  static @Nullable Double weight(String option, @Nullable String text) {
    if (text == null) {
      return null;
    }
    try {
      return Double.valueOf(text);
    } catch (NumberFormatException e) {
      throw InputException.ofOption(option, "found weight '%s', expected a number".formatted(text));
    }
  }
}
